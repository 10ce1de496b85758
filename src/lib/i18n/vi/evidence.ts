// Vietnamese sentences: evidence (photos at a criterion, a question, a product; what is shown for and what is not).
export const evidence = {
  title: 'Minh chứng',
  count: (p: { photos: number; papers: number }) =>
    [p.photos > 0 ? `${String(p.photos)} ảnh` : '', p.papers > 0 ? `${String(p.papers)} giấy tờ` : '']
      .filter((part) => part !== '')
      .join(', '),
  photos: (p: { count: string }) => `${p.count} ảnh`,
  none: 'Chưa có minh chứng',
  noneYet: 'chưa có',
  ofCriterion: (p: { code: string }) => `Minh chứng của tiêu chí ${p.code}`,
  camera: 'Chụp',
  choose: 'Chọn',
  /** After `choose`, for who hears it. */
  photosWord: 'ảnh',
  number: (p: { number: number; of: number }) => `Ảnh ${String(p.number)} trên ${String(p.of)}`,
  look: {
    waiting: 'Ảnh đang chờ gửi',
    offline: 'Chưa có mạng để tải ảnh',
    failed: 'Chưa tải được ảnh',
    deleted: 'Ảnh đã xóa',
    unknown: 'Ảnh chưa về máy này'
  },
  onlySmall: {
    offline: 'Chưa có mạng nên chỉ xem được bản nhỏ.',
    other: 'Chưa tải được bản lớn, đây là bản nhỏ.'
  },
  storingFirst: (p: { count: number }) => `Đang lưu ${String(p.count)} ảnh. Lưu xong rồi nộp được.`,
  storing: 'Đang lưu ảnh vào máy',
  notStored: (p: { count: number }) => `${String(p.count)} ảnh chưa lưu được`,
  full: 'Bộ nhớ máy sắp đầy nên ảnh này chưa lưu. Chữ và lựa chọn vẫn lưu được. Vào Cài đặt xóa bớt ảnh đã gửi rồi chụp lại.',
  notSaved: 'Máy chưa ghi được ảnh này. Những gì đã lưu vẫn còn trên máy. Chọn lại ảnh.',
  damaged: 'Ảnh ghi vào máy bị sai nên không giữ lại. Chụp lại ảnh này.',
  understood: 'Đã hiểu',
  already: 'Ảnh này đã có ở đây',
  caption: 'Chú thích',
  captionNotSaved: 'Chưa lưu được chú thích. Chữ vẫn còn trên màn hình.',
  noTime: 'Không rõ lúc chụp',
  takenAt: (p: { day: string; time: string }) => `Chụp ${p.day} ${p.time}`,
  place: (p: { lat: string; lon: string }) => `Vị trí ${p.lat}; ${p.lon}`,
  accuracy: (p: { metres: string }) => `±${p.metres} m`,
  previous: 'Ảnh trước',
  next: 'Ảnh sau',
  earlier: 'Lên trước',
  later: 'Ra sau',
  retake: 'Chụp lại',
  retaken: 'Đã thay ảnh',
  remove: 'Xóa ảnh này',
  removed: 'Đã xóa 1 ảnh',
  again: 'Tải lại',
  sendAgain: 'Gửi lại',
  coverage: (p: { shown: string; of: string }) => `${p.shown}/${p.of} có minh chứng`,
  coverageSpoken: (p: { code: string; shown: string; of: string }) =>
    `Phần ${p.code}: ${p.shown} trong ${p.of} tiêu chí có điểm đã có minh chứng`,
  missing: (p: { count: number }) =>
    `${String(p.count)} tiêu chí có điểm mà chưa có minh chứng. Vẫn nộp được; bổ sung thì hội đồng dễ công nhận điểm hơn.`,
  missingList: 'Tiêu chí chưa có minh chứng',
  tab: {
    ofProduct: 'Ảnh sản phẩm',
    ofProductHint: 'Sản phẩm, bao bì, nhãn, nơi sản xuất.',
    unplaced: 'Chưa gắn vào đâu',
    unplacedText: 'Những ảnh này đã lưu nhưng chưa hồ sơ nào dùng. Mở ảnh để gắn vào một tiêu chí.',
    none: 'Chưa có ảnh nào. Chụp ở từng tiêu chí, câu hỏi, hoặc ngay ở đây.',
    criterion: (p: { code: string; title: string }) => `${p.code} ${p.title}`,
    open: (p: { day: string }) => `Mở tự đánh giá ${p.day}`,
    openSurvey: (p: { day: string }) => `Mở khảo sát ${p.day}`,
    attach: 'Gắn vào…',
    attachTitle: 'Gắn ảnh này vào',
    attached: (p: { place: string }) => `Đã gắn vào ${p.place}`,
    takenFor: 'Chụp cho tiêu chí này',
    noAssessment: 'Chưa có bản tự đánh giá nào đang sửa. Lập tự đánh giá mới thì gắn được vào từng tiêu chí.'
  }
};
