// Vietnamese sentences: start (a new version, putting the app on the home screen, screens that cannot be shown).
export const start = {
  update: {
    banner: 'Đã có bản mới.',
    action: 'Cập nhật',
    busy: 'Đang mở phiếu ở cửa sổ khác. Đóng phiếu rồi cập nhật; chưa có gì thay đổi.'
  },
  install: {
    title: 'Đặt lên màn hình chính',
    action: 'Cài ứng dụng',
    installed: 'Đã đặt lên màn hình chính.',
    buttonText: 'Mở như một ứng dụng, cả khi không có mạng.',
    apple: 'Trên iPhone: bấm nút Chia sẻ của Safari, chọn “Thêm vào MH chính”, rồi bấm “Thêm”.',
    menu: 'Mở trình đơn của trình duyệt, chọn “Cài đặt ứng dụng” hoặc “Thêm vào màn hình chính”.'
  },
  errorTitle: 'Chưa mở được trang này',
  errorNotFound: 'Không có trang nào ở địa chỉ này. Dữ liệu vẫn còn trên máy.',
  errorText: 'Dữ liệu đã lưu vẫn còn trên máy. Tải lại trang; nếu vẫn vậy, gửi mục Chẩn đoán cho người hỗ trợ.',
  errorStorage:
    'Trình duyệt không mở được bộ nhớ của máy. Thoát chế độ ẩn danh hoặc giải phóng bộ nhớ, rồi tải lại trang.',
  unreadable:
    'Máy chưa đọc được dữ liệu. Dữ liệu vẫn nằm trên máy, ứng dụng đang thử lại; nếu vẫn vậy thì tải lại trang.',
  reload: 'Tải lại',
  home: 'Về Hôm nay'
};
