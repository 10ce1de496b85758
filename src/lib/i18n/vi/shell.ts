// Vietnamese sentences: shell (the app's name and its four roots).
export const shell = {
  appName: 'Sổ tay OCOP',
  mainNavigation: 'Điều hướng chính',
  leftPane: 'Cột trái',
  rightPane: 'Cột phải',
  mainActions: 'Việc chính',
  today: 'Hôm nay',
  products: 'Sản phẩm',
  sync: 'Đồng bộ',
  settings: 'Cài đặt',
  unsent: (p: { count: number }) => `${String(p.count)} chưa gửi`,
  skipToContent: 'Đến nội dung',
  newSurvey: 'Khảo sát mới'
};
