// Vietnamese sentences: refusal (why the server did not take a record or a photo).
import type { RefusalRule } from '#lib/domain/refusal.ts';

export const refusal = {
  structure: 'Máy chủ không hiểu hồ sơ này, có thể vì máy chủ hoặc ứng dụng chưa cập nhật.',
  size: 'Hồ sơ quá lớn, máy chủ không nhận. Bớt nội dung rồi gửi lại.',
  immutable: 'Có chỗ không được đổi sau khi tạo (xã, bộ tiêu chí, phiếu, người tạo).',
  commune: 'Hồ sơ ghi xã khác với nơi nó được gửi đến.',
  author: 'Hồ sơ ghi tên người khác với tài khoản đang gửi. Đăng nhập đúng tài khoản đã sửa rồi gửi lại.',
  role: 'Tài khoản của bạn không được ghi loại hồ sơ này.',
  owner: 'Đây là bản nháp của người khác, chỉ người đó được sửa.',
  transition: 'Hồ sơ đã chuyển sang bước khác trên máy chủ, nên bước này không còn làm được.',
  trail: 'Lịch sử của hồ sơ không khớp với máy chủ.',
  content: 'Người duyệt chỉ được trả lại hoặc duyệt, không sửa câu trả lời.',
  locked: 'Hồ sơ này đã duyệt nên máy chủ không nhận thêm sửa đổi.',
  delete: 'Máy chủ không cho xóa hẳn hồ sơ này.',
  tooLarge: 'Hồ sơ quá lớn, máy chủ không nhận. Bớt nội dung rồi gửi lại.',
  bytesMissing: 'Không còn tìm thấy ảnh này trong bộ nhớ của máy. Chụp lại nếu được.',
  malformed: 'Máy chủ không đọc được hồ sơ này. Cập nhật ứng dụng rồi gửi lại.',
  other: 'Máy chủ không nhận hồ sơ này. Gửi lại sau, nếu vẫn vậy thì báo người quản trị.'
} satisfies Record<RefusalRule | 'tooLarge' | 'malformed' | 'bytesMissing' | 'other', string>;
