// Vietnamese sentences: signature (the pad, the typed name, the refusal).
export const signature = {
  way: { label: 'Cách xác nhận', drawn: 'Ký tay', typed: 'Gõ tên', declined: 'Không ký' },
  pad: 'Ô ký tên',
  padHint: 'Ký trong ô bằng ngón tay hoặc bút.',
  undo: 'Bỏ nét cuối',
  clear: 'Xóa chữ ký',
  cleared: 'Đã xóa chữ ký',
  replaced: 'Đã thay chữ ký trước',
  full: 'Ô ký đã đầy, nét vừa rồi không được giữ. Xóa rồi ký gọn hơn.',
  name: 'Họ tên người xác nhận',
  nameHint: 'Người đã gặp tự gõ, hoặc đọc cho bạn gõ.',
  reason: 'Lý do không ký',
  drawn: (p: { strokes: string }) => `Chữ ký tay, ${p.strokes} nét`,
  typed: (p: { name: string }) => `${p.name} (gõ tên)`,
  declined: 'Không ký',
  declinedBecause: (p: { reason: string }) => `Không ký: ${p.reason}`,
  empty: 'Chưa ký'
};
