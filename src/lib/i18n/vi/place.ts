// Vietnamese sentences: place (communes and how they are chosen).
export const place = {
  commune: 'Xã, phường',
  chooseCommune: 'Chọn xã, phường, đặc khu',
  searchCommune: 'Tìm xã, phường',
  type: { xa: 'Xã', phuong: 'Phường', dac_khu: 'Đặc khu' },
  formerBinhThuan: 'Khu vực Bình Thuận cũ',
  others: 'Nơi khác trong tỉnh',
  province: 'Tỉnh Lâm Đồng',
  unknown: (p: { code: string }) => `Xã không rõ (mã ${p.code})`
};
