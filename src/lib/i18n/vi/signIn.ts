// Vietnamese sentences: signIn (the gate, the first start, signing in again).
export const signIn = {
  title: 'Đăng nhập',
  province: (p: { name: string }) => `Tỉnh ${p.name}`,
  provinceUnknown: 'Mỗi xã một sản phẩm',
  intro: {
    title: 'Làm việc được cả khi không có mạng',
    install: 'Đặt lên màn hình chính',
    installText: 'Mở như một ứng dụng, không cần gõ địa chỉ.',
    signIn: 'Đăng nhập một lần khi có mạng',
    signInText: 'Dữ liệu của xã bạn được tải về máy này.',
    work: 'Rồi làm ở bất cứ đâu',
    workText: 'Mọi thứ được lưu trên máy và tự gửi khi có mạng lại.',
    begin: 'Bắt đầu'
  },
  offlineKnown: 'Chưa có mạng. Tài khoản đã dùng trên máy này vẫn mở được.',
  offlineFirst: 'Chưa có mạng. Lần đầu đăng nhập cần có mạng.',
  knownAccounts: 'Tài khoản trên máy này',
  communes: (p: { count: number }) => `${String(p.count)} xã`,
  wholeProvince: 'Cả tỉnh',
  noCommune: 'Chưa có xã',
  unsent: (p: { count: number }) => `${String(p.count)} hồ sơ, ảnh chưa gửi`,
  drafts: (p: { count: number }) => `${String(p.count)} bản nhập dở`,
  allSent: 'đã gửi hết',
  name: 'Tên tài khoản',
  nameHint: 'Tên do tỉnh cấp cho bạn.',
  nameMissing: 'Nhập tên tài khoản.',
  password: 'Mật khẩu',
  passwordOf: (p: { name: string }) => `Mật khẩu của ${p.name}`,
  passwordMissing: 'Nhập mật khẩu.',
  other: 'Dùng tài khoản khác (cần có mạng)',
  known: 'Chọn tài khoản trên máy này',
  demo: 'Tài khoản dùng thử',
  demoText: 'Dữ liệu mẫu, không phải hồ sơ thật.',
  open: 'Mở sổ',
  enter: 'Đăng nhập',
  busy: 'Đang kiểm tra…',
  again: {
    banner: 'Phiên đăng nhập đã hết. Bạn vẫn làm tiếp được; đăng nhập lại để gửi.',
    action: 'Đăng nhập lại',
    title: 'Đăng nhập lại để gửi',
    text: 'Dữ liệu vẫn còn trên máy và được gửi sau khi đăng nhập.'
  },
  problem: {
    wrongPassword: 'Tên hoặc mật khẩu chưa đúng. Kiểm tra cả hai rồi thử lại.',
    wrongPasswordKnown: 'Mật khẩu chưa đúng. Kiểm tra rồi thử lại.',
    wrongHere:
      'Không khớp với mật khẩu dùng lần trước trên máy này. Nếu đã đổi mật khẩu, bạn cần có mạng để mở bằng mật khẩu mới.',
    lockedOut: 'Sai mật khẩu nhiều lần nên máy chủ tạm khóa tài khoản này. Đợi ít phút rồi thử lại.',
    noCommune: 'Tài khoản này chưa được giao xã nào. Nhờ người quản trị của tỉnh giao xã cho bạn.',
    insecure: 'Trang này không mở qua https nên không đăng nhập được. Mở lại bằng địa chỉ bắt đầu bằng https.',
    failed: 'Máy chưa mở được tài khoản. Dữ liệu vẫn còn trên máy; đóng ứng dụng, mở lại rồi thử lần nữa.',
    offline: 'Chưa có mạng. Lần đầu đăng nhập cần có mạng.',
    offlineAgain: 'Chưa có mạng. Dữ liệu vẫn còn trên máy; đăng nhập lại khi có mạng.',
    slow: 'Máy chủ chưa trả lời. Dữ liệu vẫn còn trên máy; thử lại sau ít phút.',
    server: (p: { status: number }) =>
      `Máy chủ đang có sự cố (mã ${String(p.status)}). Dữ liệu vẫn còn trên máy; thử lại sau ít phút.`,
    stranger:
      'Mạng này không dẫn tới máy chủ, thường vì Wi-Fi đòi đăng nhập. Mở trang đăng nhập của Wi-Fi hoặc dùng mạng di động.',
    unreadable: 'Không đọc được trả lời của máy chủ. Dữ liệu vẫn còn trên máy; thử lại sau ít phút.'
  }
};
