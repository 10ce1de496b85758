// Vietnamese sentences: rescue (a file with everything unsent, for the day on which the phone breaks).
export const rescue = {
  title: 'Tệp cứu hộ',
  write: {
    action: 'Lưu tệp cứu hộ',
    unsent: (p: { count: string }) => `${p.count} hồ sơ, ảnh chưa gửi`,
    drafts: (p: { count: string }) => `${p.count} bản nhập dở`,
    allSent: 'Đã gửi hết, không cần cứu gì',
    what: 'Một tệp có mật khẩu, giữ hồ sơ và ảnh để mở trên điện thoại khác bằng tài khoản này. Dùng khi máy sắp hỏng, phải đưa cho người khác, hoặc lâu chưa có mạng.',
    scope: 'Lưu những gì',
    scopes: { unsent: 'Chưa gửi', all: 'Tất cả' },
    amount: (p: { records: string; photos: string; size: string }) =>
      `${p.records} hồ sơ, ${p.photos} ảnh, khoảng ${p.size}`,
    along: 'Tính cả chủ thể, sản phẩm đã gửi mà hồ sơ chưa gửi thuộc về.',
    draftsToo: (p: { count: string }) =>
      `Thêm ${p.count} bản nhập dở: chủ thể, sản phẩm, giấy tờ chưa đủ để tạo hồ sơ.`,
    nothing: 'Trên máy này chưa có gì để lưu.',
    passphrase: 'Mật khẩu của tệp',
    passphraseHint: (p: { least: number }) =>
      `Ít nhất ${String(p.least)} ký tự, dễ nhớ nhất là bốn năm từ bất kỳ. Không dùng mật khẩu đăng nhập.`,
    again: 'Gõ lại mật khẩu',
    tooShort: (p: { least: number }) => `Cần ít nhất ${String(p.least)} ký tự. Thêm một hai từ nữa.`,
    differs: 'Hai lần gõ chưa giống nhau. Gõ lại.',
    forgotten: 'Quên mật khẩu này thì không ai mở được tệp. Ghi ra giấy, không gửi cùng tệp.',
    start: 'Tạo tệp',
    running: 'Đang tạo tệp',
    runningNote: 'hồ sơ và ảnh',
    keyed: 'Đang chuẩn bị mật khẩu',
    ready: 'Đã tạo xong',
    readyText: (p: { records: string; photos: string; size: string }) =>
      `${p.records} hồ sơ, ${p.photos} ảnh, ${p.size}. Gửi tệp ra khỏi máy này: còn nằm trong máy thì máy hỏng là mất.`,
    lacking: (p: { count: string }) =>
      `Có ${p.count} hồ sơ, ảnh bị hỏng trên máy này, không đọc được nên không có trong tệp. Những gì đọc được đều có trong tệp.`,
    damaged: (p: { count: string }) =>
      `Chưa tạo tệp: ${p.count} hồ sơ, ảnh cần cứu đều bị hỏng trên máy này, không đọc được. Nếu có tệp cứu hộ tạo trước đây, mở tệp đó để lấy lại.`,
    stays: 'Dữ liệu vẫn còn trên máy và vẫn được gửi như thường.',
    save: 'Lưu tệp',
    share: 'Gửi tệp',
    stopped: 'Đã dừng. Chưa có tệp nào được tạo; dữ liệu vẫn còn trên máy.',
    failed:
      'Chưa tạo được tệp vì máy không đọc được bộ nhớ. Dữ liệu vẫn còn trên máy. Đóng ứng dụng, mở lại rồi thử lại.'
  },
  read: {
    action: 'Mở tệp cứu hộ',
    hint: 'Lấy lại hồ sơ, ảnh từ máy khác của bạn',
    what: 'Chọn tệp cứu hộ đã lưu bằng tài khoản này. Mở nhiều lần cũng không bị trùng; bản mới hơn trên máy này được giữ nguyên.',
    choose: 'Chọn tệp',
    chosen: (p: { name: string; size: string }) => `${p.name}, ${p.size}`,
    otherOne: 'Chọn tệp khác',
    passphrase: 'Mật khẩu của tệp',
    passphraseHint: 'Mật khẩu bạn đặt khi lưu tệp, không phải mật khẩu đăng nhập.',
    needed: 'Gõ mật khẩu của tệp.',
    open: 'Xem trong tệp',
    looking: 'Đang đọc tệp',
    taking: 'Đang nhận vào máy',
    inMegabytes: 'tính bằng MB',
    found: 'Trong tệp có',
    madeAt: (p: { when: string }) => `Lưu ${p.when}`,
    counts: (p: { records: string; photos: string }) => `${p.records} hồ sơ, ${p.photos} ảnh đọc được`,
    drafts: (p: { count: string }) => `Thêm ${p.count} bản nhập dở.`,
    take: 'Nhận vào máy này',
    whole: 'Tệp còn nguyên, không thiếu gì.',
    missing: (p: { count: string }) => `Tệp bị hỏng: thiếu ${p.count} hồ sơ, ảnh`,
    missingText: 'Phần đọc được vẫn dùng được. Nếu còn bản khác của tệp, mở thêm bản đó để lấy phần thiếu.',
    missingNames: 'Những gì thiếu',
    missingMore: (p: { count: string }) => `và ${p.count} mục nữa`,
    missingUnknown: 'Tệp bị hỏng cả mục lục, nên không biết còn thiếu gì. Những gì đọc được vẫn nhận được.',
    done: 'Đã nhận xong',
    doneInPart: 'Đã nhận xong phần đọc được',
    taken: (p: { records: string; photos: string }) => `Nhận vào máy: ${p.records} hồ sơ, ${p.photos} ảnh.`,
    draftsTaken: (p: { count: string }) => `Thêm ${p.count} bản nhập dở: mở mục thêm mới để nhập tiếp.`,
    already: (p: { records: string; photos: string }) => `Đã có sẵn từ trước: ${p.records} hồ sơ, ${p.photos} ảnh.`,
    kept: (p: { count: string }) =>
      `Máy này có bản mới hơn của ${p.count} hồ sơ: giữ bản mới, bản trong tệp nằm ở Lịch sử của hồ sơ.`,
    left: (p: { count: string }) => `${p.count} hồ sơ đã gửi trước đó: tải về khi đồng bộ, nếu văn phòng còn giữ.`,
    next: 'Hồ sơ, ảnh chưa gửi được gửi đi khi có mạng, như vừa làm trên máy này.',
    problem: {
      otherFile: 'Tệp này không phải tệp cứu hộ. Chưa có gì thay đổi. Chọn tệp khác.',
      damaged: 'Tệp bị hỏng ở cả đầu và cuối nên không mở được. Chưa có gì thay đổi. Thử bản khác của tệp.',
      newer: 'Tệp do bản ứng dụng mới hơn lưu. Cập nhật ứng dụng rồi mở lại; chưa có gì thay đổi.',
      wrongPassphrase: 'Chưa đúng mật khẩu của tệp. Tệp không hỏng; gõ lại.',
      otherAccount: (p: { account: string }) =>
        `Tệp này của tài khoản ${p.account}. Đăng nhập bằng tài khoản đó rồi mở; chưa có gì thay đổi.`,
      unreadable:
        'Máy không đọc được tệp. Có thể tệp đã bị dời hay xóa: chọn lại tệp. Những gì đã nhận vẫn còn trên máy.',
      stopped: 'Đã dừng. Những gì đã nhận vẫn còn trên máy; mở lại tệp để nhận tiếp, không bị trùng.',
      quota:
        'Máy hết chỗ nên chưa nhận hết. Phần đã nhận vẫn còn trên máy. Giải phóng bộ nhớ rồi mở lại tệp, không bị trùng.',
      storage: 'Chưa ghi được vào máy. Tệp vẫn nguyên. Đóng ứng dụng, mở lại rồi thử lại.'
    }
  },
  offer: {
    signOut: 'Sợ máy hỏng hoặc đưa máy cho người khác? Lưu tệp cứu hộ trước.',
    days: (p: { days: string }) => `Có hồ sơ chưa gửi đã ${p.days} ngày. Lưu tệp cứu hộ để máy hỏng cũng không mất.`
  }
};
