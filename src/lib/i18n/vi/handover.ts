// Vietnamese sentences: handover (a refused edit given to another officer as a file, and taken over).
export const handover = {
  handOver: {
    title: 'Chuyển cho cán bộ khác',
    how: 'Gửi tệp này cho cán bộ cùng xã. Người nhận mở Đồng bộ, chọn “Nhận hồ sơ từ cán bộ khác”, rồi gửi lên bằng tên của mình.',
    stays: 'Hồ sơ vẫn ở đây, ghi Bị từ chối, cho đến khi máy này thấy bản của người nhận trên máy chủ.',
    maker: (p: { who: string }) =>
      `Hồ sơ do ${p.who} lập: người đó nhận được vào chính hồ sơ này, cán bộ khác nhận thành hồ sơ mới của mình.`,
    personal: 'Tệp có nội dung hồ sơ, có thể có thông tin cá nhân. Chỉ gửi cho người phụ trách.',
    none: 'Hồ sơ này không còn bị từ chối, hoặc không chuyển cho người khác được.',
    share: 'Gửi đi',
    save: 'Lưu tệp'
  },
  takeOver: {
    action: 'Nhận hồ sơ từ cán bộ khác',
    hint: 'Mở tệp mà cán bộ khác đã chuyển cho bạn.',
    became: {
      already: 'Hồ sơ này đã được nhận trước đó.',
      made: 'Đã nhận. Hồ sơ được gửi lên bằng tên của bạn.',
      copied: 'Đã nhận thành hồ sơ mới của bạn, ở bước Nháp. Xem lại rồi nộp.',
      edited: 'Đã nhận vào hồ sơ đang có. Sửa đổi được gửi lên bằng tên của bạn.',
      conflict: 'Hồ sơ đang có khác ở cùng chỗ. Giữ cả hai bản đến khi bạn chọn.'
    },
    otherFile: 'Tệp này không phải hồ sơ được chuyển từ ứng dụng này. Chưa có gì thay đổi.',
    damaged: 'Tệp bị hỏng hoặc thiếu. Nhờ người chuyển gửi lại tệp; chưa có gì thay đổi.',
    newer: 'Tệp do bản ứng dụng mới hơn tạo ra. Cập nhật ứng dụng rồi mở lại; chưa có gì thay đổi.',
    otherCommune: (p: { place: string }) =>
      `Hồ sơ này của ${p.place}, ngoài địa bàn của tài khoản bạn. Chưa có gì thay đổi.`,
    unknown: 'Máy này chưa có hồ sơ gốc. Đồng bộ rồi mở lại tệp; chưa có gì thay đổi.',
    unsettled: 'Hồ sơ này trên máy bạn còn sửa đổi chưa gửi hoặc xung đột. Xử lý xong rồi mở lại tệp.'
  }
};
