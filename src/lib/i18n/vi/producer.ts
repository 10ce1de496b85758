// Vietnamese sentences: producer (its page and its form).
export const producer = {
  title: 'Chủ thể',
  newTitle: 'Chủ thể mới',
  editTitle: 'Sửa chủ thể',
  type: {
    cooperative: 'Hợp tác xã',
    group: 'Tổ hợp tác',
    enterprise: 'Doanh nghiệp',
    farm: 'Trang trại',
    household: 'Hộ có đăng ký kinh doanh'
  },
  sex: { female: 'Nữ', male: 'Nam' },
  section: {
    identity: 'Chủ thể',
    representative: 'Người đại diện',
    contact: 'Liên hệ',
    place: 'Địa điểm',
    visit: 'Hẹn đến thăm',
    products: 'Sản phẩm',
    history: 'Lịch sử',
    note: 'Ghi chú'
  },
  field: {
    name: 'Tên chủ thể',
    nameHint: 'Như trên giấy đăng ký',
    type: 'Loại hình',
    registrationNumber: 'Số đăng ký kinh doanh',
    registeredOn: 'Ngày cấp',
    commune: 'Xã, phường, đặc khu',
    communeHint: 'Gõ vài chữ, không cần dấu',
    address: 'Địa chỉ',
    addressHint: 'Số nhà, thôn hoặc khu phố',
    representative: 'Họ và tên',
    position: 'Chức vụ',
    sex: 'Giới tính',
    ethnicity: 'Dân tộc',
    disability: 'Người khuyết tật',
    residence: 'Nơi ở',
    phone: 'Số điện thoại',
    email: 'Thư điện tử',
    website: 'Trang mạng',
    note: 'Ghi chú',
    visitDay: 'Ngày hẹn',
    visitTime: 'Giờ hẹn',
    visitNote: 'Để làm gì'
  },
  communeType: { xa: 'Xã', phuong: 'Phường', dac_khu: 'Đặc khu' },
  myCommunes: 'Xã của bạn',
  binhThuan: 'Vùng Bình Thuận cũ',
  otherCommunes: 'Xã khác trong tỉnh',
  warning: {
    phone: 'Số điện thoại thường có 10 số.',
    registration: 'Mã số thường có 10 hoặc 13 số; hộ kinh doanh có thể có chữ.',
    email: 'Thư điện tử thường có dạng ten@noi.vn.',
    website: 'Trang mạng thường có dạng ten.vn.',
    registeredLater: 'Ngày cấp ở sau hôm nay.',
    visitPast: 'Ngày hẹn đã qua.',
    elsewhere: 'Xã này không thuộc tài khoản của bạn, máy chủ có thể không nhận.'
  },
  error: {
    name: 'Chủ thể cần có tên. Tên cũ vẫn được giữ.',
    nameNew: 'Gõ tên để lưu chủ thể này.',
    commune: 'Chọn xã để lưu chủ thể này.'
  },
  duplicate: {
    title: 'Có thể đã có chủ thể này',
    name: 'trùng tên',
    phone: 'trùng số điện thoại',
    registrationNumber: 'trùng số đăng ký',
    open: 'Mở chủ thể đã có',
    use: 'Dùng chủ thể đã có',
    keep: 'Không phải, tạo mới',
    keepBoth: 'Không phải, để riêng',
    text: 'Dùng lại thì không phải nhập hai lần.',
    held: 'Chưa tạo; chữ bạn gõ vẫn được giữ. Chọn một trong hai.'
  },
  notSavedYet: 'Lưu khi có tên và xã',
  communeFixed: 'Không đổi được sau khi tạo: hồ sơ nằm ở cơ sở dữ liệu của xã này.',
  call: (p: { phone: string }) => `Gọi ${p.phone}`,
  mail: (p: { email: string }) => `Gửi thư cho ${p.email}`,
  addProduct: 'Thêm sản phẩm',
  addProductFor: 'Tiếp: sản phẩm',
  edit: 'Sửa',
  planVisit: 'Hẹn ngày đến thăm',
  empty: { field: 'Chưa ghi', products: 'Chưa có sản phẩm. Thêm sản phẩm đầu tiên của chủ thể này.' },
  remove: 'Xóa chủ thể',
  removed: (p: { name: string }) => `Đã xóa ${p.name}`,
  hasProducts: (p: { n: string }) => `Còn ${p.n} sản phẩm. Xóa các sản phẩm trước rồi mới xóa chủ thể.`,
  gone: { title: 'Đã xóa chủ thể này', text: 'Chủ thể không còn trong danh sách. Bấm “Hoàn tác” để lấy lại.' },
  missing: {
    title: 'Không có chủ thể này trên máy',
    text: 'Có thể đã bị xóa, hoặc chưa tải về. Đồng bộ rồi mở lại.'
  },
  history: {
    created: (p: { who: string }) => `${p.who} tạo`,
    updated: (p: { who: string }) => `${p.who} sửa lần cuối`,
    you: 'Bạn'
  },
  autosaved: 'Tự lưu khi bạn sửa',
  done: 'Xong',
  who: 'Chỉ ghi điều biểu mẫu cần. Cán bộ của xã và tổ tư vấn tỉnh xem được.',
  menu: 'Việc khác'
};
