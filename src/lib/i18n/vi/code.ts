// Vietnamese sentences: code (scanning QR and bar codes, a record's own QR).
export const code = {
  scan: 'Quét mã',
  scanTitle: 'Quét mã QR, mã vạch',
  camera: 'Hình từ máy ảnh',
  aim: 'Đưa mã vào trong khung. Máy tự đọc.',
  starting: 'Đang mở máy ảnh',
  noCamera: {
    denied:
      'Máy chưa cho ứng dụng dùng máy ảnh. Cho phép “Máy ảnh” trong cài đặt của trình duyệt, hoặc dùng cách dưới đây.',
    absent: 'Máy này không có máy ảnh dùng được. Dùng một trong hai cách dưới đây.'
  },
  picture: 'Chọn ảnh có mã',
  reading: 'Đang đọc ảnh',
  noCode: 'Không thấy mã trong ảnh này. Chụp gần, đủ sáng, không lóa rồi chọn lại.',
  noPicture: 'Tệp này không phải ảnh mở được. Chọn ảnh khác.',
  tooLarge: 'Ảnh này lớn quá, máy không mở nổi. Chụp gần mã rồi chọn ảnh khác.',
  noReader: 'Chưa có bộ đọc mã trên máy: cần mạng một lần để tải. Bây giờ thì gõ mã.',
  type: 'Gõ mã',
  use: 'Dùng mã này',
  typeNeeded: 'Gõ mã vào ô trên.',
  tooLong: 'Mã này dài quá 4.500 chữ cái, không phải mã trên nhãn.',
  found: 'Đã đọc được mã',
  foreign: 'Đây không phải mã của hồ sơ trong ứng dụng.',
  search: 'Tìm mã này trong danh sách',
  again: 'Quét mã khác',
  missing: {
    title: 'Hồ sơ của mã này chưa có trên máy',
    text: 'Mã đúng là của ứng dụng, nhưng hồ sơ ở xã khác, đã xóa, hoặc chưa tải về. Đồng bộ khi có mạng rồi quét lại.'
  },
  own: 'Mã QR',
  ownTitle: (p: { name: string }) => `Mã QR: ${p.name}`,
  ownText: 'Người khác quét mã này trong ứng dụng để mở hồ sơ.',
  picked: (p: { name: string }) => `Mã QR của ${p.name}`
};
