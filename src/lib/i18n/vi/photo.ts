// Vietnamese sentences: photo (why a chosen file has not become a photo, and what to do).
export const photo = {
  problem: {
    empty: 'Tệp này trống, không có ảnh trong đó. Chụp lại, hoặc chọn ảnh khác.',
    notAnImage: {
      pdf: 'Đây là tệp PDF, không phải ảnh. Mở tệp, chụp màn hình trang cần dùng rồi chọn ảnh đó.',
      video: 'Đây là video, không phải ảnh. Chụp một ảnh, hoặc chụp màn hình cảnh cần dùng.',
      other: 'Tệp này không phải ảnh. Chụp một ảnh, hoặc chọn tệp khác.'
    },
    heic: 'Máy này không mở được ảnh HEIC. Trong cài đặt máy ảnh, chọn “JPEG” hoặc “Tương thích nhất” rồi chụp lại. Với ảnh đã có: mở ảnh, chụp màn hình rồi chọn ảnh màn hình.',
    unsupported: (p: { format: string }) =>
      `Máy này không mở được ảnh ${p.format}. Lưu ảnh thành JPEG; hoặc mở ảnh, chụp màn hình rồi chọn ảnh màn hình.`,
    broken: 'Ảnh bị hỏng hoặc chép chưa đủ nên không mở được. Chụp lại, hoặc chọn ảnh khác.',
    tooLarge: (p: { megapixels: string }) =>
      `Ảnh ${p.megapixels} triệu điểm ảnh, quá lớn với bộ nhớ của máy này. Chọn cỡ ảnh nhỏ hơn trong cài đặt máy ảnh rồi chụp lại; 2 triệu điểm ảnh là đủ.`,
    unreadable:
      'Chưa đọc được ảnh này: ảnh còn ở trên đám mây, hoặc vừa bị xóa. Mở ảnh trong thư viện để tải về máy rồi chọn lại.',
    crashed:
      'Máy dừng giữa chừng khi xử lý ảnh, ảnh này chưa được lưu. Những gì đã lưu vẫn còn trên máy. Đóng bớt ứng dụng khác rồi chọn lại ảnh.',
    aborted: 'Đã dừng. Ảnh này chưa được lưu.'
  }
};
