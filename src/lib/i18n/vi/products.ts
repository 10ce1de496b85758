// Vietnamese sentences: products (the list of producers and products).
export const products = {
  title: 'Sản phẩm',
  searchLabel: 'Tìm tên, chủ thể',
  add: 'Thêm',
  addTitle: 'Thêm mới',
  addProducer: 'Chủ thể mới',
  addProducerHint: 'Hợp tác xã, tổ hợp tác, doanh nghiệp, trang trại, hộ có đăng ký',
  addProduct: 'Sản phẩm mới',
  addProductHint: 'Của chủ thể đã có, hoặc thêm chủ thể luôn',
  show: { label: 'Xem theo', products: 'Sản phẩm', producers: 'Chủ thể' },
  counted: (p: { products: string; producers: string }) => `${p.products} sản phẩm của ${p.producers} chủ thể`,
  countedProducers: (p: { producers: string }) => `${p.producers} chủ thể`,
  productsOf: (p: { n: string }) => `${p.n} sản phẩm`,
  noProducts: 'Chưa có sản phẩm',
  noFile: 'Chưa có hồ sơ',
  sort: {
    label: 'Sắp xếp',
    visit: 'Mới thăm',
    name: 'Tên A–Z',
    distance: 'Gần tôi',
    button: (p: { by: string }) => `Sắp xếp: ${p.by}`
  },
  filter: {
    label: 'Bộ lọc',
    commune: 'Xã',
    set: 'Bộ tiêu chí',
    stars: 'Hạng sao',
    state: 'Trạng thái',
    due: 'Hạn chứng nhận',
    all: 'Tất cả',
    noStars: 'Chưa có sao',
    noFile: 'Chưa có hồ sơ',
    dueOpen: 'Đang nhận hồ sơ gia hạn',
    dueSoon: 'Sắp nhận hồ sơ gia hạn',
    dueLate: 'Quá hạn nộp, còn giá trị',
    dueLapsed: 'Đã hết hạn',
    setShort: (p: { number: string }) => `Bộ ${p.number}`
  },
  empty: {
    title: 'Chưa có sản phẩm nào',
    text: 'Thêm chủ thể đầu tiên, rồi thêm sản phẩm của họ.',
    loadingTitle: 'Đang tải hồ sơ của xã về máy',
    loadingText: 'Sản phẩm hiện dần ở đây. Bạn vẫn thêm mới được.',
    noneTitle: 'Không có kết quả',
    noneText: 'Thử bớt chữ hoặc bỏ bớt lọc.',
    showAll: 'Xem tất cả'
  },
  pick: {
    title: 'Chưa chọn sản phẩm',
    text: 'Chọn một dòng bên trái để xem.'
  }
};
