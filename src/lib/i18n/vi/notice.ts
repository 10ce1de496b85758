// Vietnamese sentences: notice (what the phone shows of the app while it is closed).
export const notice = {
  title: 'Sổ tay OCOP',
  refused: (p: { count: number }) =>
    `Máy chủ không nhận ${String(p.count)} hồ sơ. Phần bạn sửa vẫn còn trên máy; mở để xem lý do.`,
  survey: (p: { name: string }) => `Khảo sát ${p.name} được trả lại.`,
  assessment: (p: { name: string }) => `Tự đánh giá ${p.name} được trả lại.`,
  returned: (p: { count: number }) => `${String(p.count)} hồ sơ được trả lại.`,
  unnamed: 'chưa có tên'
};
