// Vietnamese sentences: sync (what is sent, what waits and why; what the server refused).
import type { SyncProblem } from '#lib/sync/core/errors.ts';

/** `place`: the commune or database it happened at; `full`: the phone's storage is full. */
interface ProblemWords {
  place: string;
  full: boolean;
}

export const sync = {
  title: 'Đồng bộ',
  now: 'Đồng bộ ngay',
  running: 'Đang đồng bộ',
  signIn: 'Đăng nhập lại',
  headline: {
    allSent: 'Đã gửi hết',
    allSentAt: (p: { when: string }) => `Đã gửi hết. Máy chủ trả lời ${p.when}.`,
    waiting: (p: { n: string }) => `Còn ${p.n} hồ sơ chưa gửi`,
    attention: (p: { n: string }) => `${p.n} hồ sơ cần bạn xem`,
    reading: 'Đang đọc máy này',
    halted: 'Đã dừng tải hồ sơ',
    incomplete: 'Máy này chưa tải hết hồ sơ',
    paused: 'Tạm dừng đồng bộ',
    neverMet: 'Máy này chưa liên lạc được với máy chủ',
    sending: (p: { n: string }) => `Đang gửi ${p.n} hồ sơ`,
    photos: (p: { n: string }) => `Hồ sơ đã gửi hết, còn ${p.n} ảnh`,
    sendingPhotos: (p: { n: string }) => `Hồ sơ đã gửi hết, đang gửi ${p.n} ảnh`,
    refusedPhotos: (p: { n: string }) => `${p.n} ảnh cần bạn xem`
  },
  safe: 'Dữ liệu vẫn còn trên máy.',
  halted: 'Phần đã tải vẫn còn trên máy, phần bạn nhập vẫn được gửi. Chạm “Đồng bộ ngay” để tải tiếp.',
  incomplete: 'Giữ ứng dụng mở và có mạng đến khi tải xong.',
  nothingElseWaits: 'Không còn hồ sơ nào khác chờ gửi. Dữ liệu vẫn còn trên máy.',
  nextTry: (p: { when: string }) => `Tự thử lại ${p.when}`,
  soon: 'Tự thử lại ngay sau đây',
  problem: {
    offline: () => 'Chưa có mạng. Dữ liệu vẫn còn trên máy.',
    timeout: () => 'Máy chủ trả lời quá chậm. Dữ liệu vẫn còn trên máy, ứng dụng sẽ tự thử lại.',
    signedOut: () => 'Phiên đăng nhập đã hết. Bạn vẫn làm tiếp được; đăng nhập lại để gửi.',
    noAccess: (p: ProblemWords) =>
      `Tài khoản này không được mở dữ liệu của ${p.place}. Phần chưa gửi vẫn còn trên máy; hỏi người quản trị để được cấp lại quyền.`,
    noDatabase: (p: ProblemWords) =>
      `Máy chủ chưa có chỗ chứa dữ liệu của ${p.place}. Dữ liệu vẫn còn trên máy; báo người quản trị.`,
    busy: () => 'Máy chủ đang bận. Dữ liệu vẫn còn trên máy, ứng dụng sẽ tự gửi lại.',
    server: () => 'Máy chủ đang gặp sự cố. Dữ liệu vẫn còn trên máy, ứng dụng sẽ tự thử lại.',
    notCouch: () =>
      'Mạng này trả về một trang khác thay cho máy chủ, thường vì Wi-Fi cần đăng nhập. Dữ liệu vẫn còn trên máy; mở trình duyệt để đăng nhập Wi-Fi, hoặc đổi sang mạng khác.',
    broken: () => 'Câu trả lời của máy chủ bị đứt giữa chừng. Dữ liệu vẫn còn trên máy, ứng dụng sẽ tự thử lại.',
    tooLarge: () =>
      'Có hồ sơ quá lớn nên máy chủ không nhận. Hồ sơ vẫn còn trên máy, các hồ sơ khác vẫn được gửi; bớt nội dung rồi gửi lại.',
    rejected: () =>
      'Máy chủ không nhận yêu cầu của máy này. Dữ liệu vẫn còn trên máy; cập nhật ứng dụng, nếu vẫn vậy thì báo người quản trị.',
    storage: (p: ProblemWords) =>
      p.full
        ? 'Bộ nhớ của máy đã đầy nên chưa tải thêm được. Phần đã lưu vẫn còn; vào Cài đặt xóa bớt ảnh đã gửi, máy tự đồng bộ lại.'
        : 'Máy không đọc được kho dữ liệu của ứng dụng. Phần đã lưu vẫn còn; đóng ứng dụng ở các cửa sổ khác rồi mở lại.',
    aborted: () => 'Đã dừng đồng bộ. Dữ liệu vẫn còn trên máy.'
  } satisfies Record<SyncProblem['tag'], (p: ProblemWords) => string>,
  progress: {
    title: (p: { n: string }) => `Đang tải hồ sơ của ${p.n} xã`,
    note: 'đã tải được giữ lại',
    counting: 'Đang hỏi máy chủ có bao nhiêu hồ sơ',
    halt: 'Dừng tải'
  },
  attention: {
    title: 'Cần bạn xem',
    view: 'Xem',
    edit: 'Sửa',
    again: 'Gửi lại',
    againQueued: 'Sẽ gửi lại',
    handOver: 'Chuyển cho cán bộ khác',
    newSurvey: 'Lập khảo sát mới',
    newAssessment: 'Lập tự đánh giá mới',
    compare: 'So sánh và chọn',
    look: 'Xem hai bản',
    eitherMayChoose: 'Bạn cũng chọn được.',
    othersChoose: 'Người được sửa hồ sơ này sẽ chọn.',
    refusedAt: (p: { when: string }) => `Từ chối ${p.when}`,
    conflict: (p: { who: string; n: string }) => `${p.who} cũng sửa hồ sơ này. ${p.n} chỗ khác nhau, giữ cả hai bản.`,
    conflictSame: (p: { who: string }) => `${p.who} cũng sửa hồ sơ này. Giữ cả hai bản đến khi bạn chọn.`,
    kept: 'Phần bạn sửa vẫn còn trên máy.'
  },
  handedOn: {
    title: 'Cán bộ khác đã nhận',
    by: (p: { who: string }) => `${p.who} đã gửi lên. Bản của bạn vẫn được giữ trên máy.`
  },
  left: {
    title: { lost: 'Máy chủ đã mất', second: 'Máy chủ có hai bản' },
    why: {
      lost: 'Máy này vẫn giữ. Máy của người lập sẽ gửi lại khi đồng bộ; nếu vài ngày sau vẫn còn ở đây, báo người quản trị.',
      second:
        'Bạn không gộp được hai bản này. Người lập hồ sơ, hoặc bản ứng dụng mới hơn, sẽ gộp; máy chủ vẫn giữ cả hai.'
    },
    count: (p: { n: string }) => `${p.n} hồ sơ`,
    more: (p: { n: string }) => `và ${p.n} hồ sơ khác`
  },
  waiting: {
    title: 'Chờ gửi',
    count: (p: { n: string }) => `${p.n} hồ sơ`,
    more: (p: { n: string }) => `Xem thêm ${p.n} hồ sơ`,
    none: 'Không có hồ sơ nào chờ gửi.'
  },
  photos: {
    title: 'Ảnh',
    count: (p: { n: string }) => `${p.n} ảnh chờ gửi`,
    waiting: (p: { n: string; size: string }) => `${p.n} ảnh chờ gửi, ${p.size}`,
    sending: 'Đang gửi ảnh',
    uploaded: (p: { done: string; of: string }) => `Đã tải lên ${p.done} trong ${p.of}`,
    acknowledged: (p: { n: string; of: string }) => `máy chủ đã nhận đủ ${p.n} trong ${p.of} ảnh, không phải gửi lại`,
    later: 'Gửi sau hồ sơ, khi có mạng. Ảnh vẫn còn trên máy.',
    held: {
      wifi: 'Đang chờ Wi-Fi. Ảnh vẫn còn trên máy.',
      unknown: 'Máy này không cho biết đang dùng Wi-Fi hay mạng di động, nên ảnh chờ bạn bấm gửi.',
      saving: 'Điện thoại đang bật tiết kiệm dữ liệu, nên ảnh chờ Wi-Fi. Ảnh vẫn còn trên máy.'
    },
    now: (p: { size: string }) => `Gửi ảnh ngay (${p.size})`,
    allSent: (p: { n: string }) => `${p.n} ảnh của máy này đã ở trên máy chủ.`,
    none: 'Không có ảnh nào chờ gửi.',
    refused: (p: { n: string }) => `Máy chủ không nhận ${p.n} ảnh`,
    show: 'Xem ảnh',
    kept: 'Ảnh vẫn còn trên máy.',
    wifiOnly: 'Chỉ gửi ảnh qua Wi-Fi',
    // With the hyphen that no line is broken at.
    wifiOnlyHint: 'Hồ sơ luôn được gửi qua mọi mạng; chỉ ảnh chờ Wi\u2011Fi.'
  },
  record: {
    producer: (p: { name: string }) => `Chủ thể ${p.name}`,
    product: (p: { name: string }) => `Sản phẩm ${p.name}`,
    survey: (p: { name: string }) => `Khảo sát ${p.name}`,
    assessment: (p: { name: string }) => `Tự đánh giá ${p.name}`,
    review: (p: { name: string }) => `Nhận xét về ${p.name}`,
    paper: (p: { name: string }) => `Giấy tờ của ${p.name}`,
    photo: (p: { name: string }) => `Ảnh của ${p.name}`,
    conflict: (p: { name: string }) => `Hai bản khác nhau của ${p.name}`,
    deleted: (p: { record: string }) => `${p.record} (đã xóa)`,
    unnamed: 'chưa có tên',
    foreign: 'Hồ sơ của bản ứng dụng mới hơn'
  },
  device: {
    title: 'Máy này',
    lastContact: 'Liên lạc gần nhất',
    never: 'chưa lần nào',
    notYetRead: 'đang đọc',
    nextTry: 'Lần thử tới',
    oddName: 'Trên máy chủ, chưa đọc được',
    odd: (p: { n: string }) => `${p.n} hồ sơ, sẽ đọc lại`,
    traffic: 'Đã dùng mạng',
    trafficMonth: (p: { amount: string }) => `${p.amount} tháng này`,
    used: 'Đã dùng bộ nhớ',
    free: 'Còn trống',
    unknown: 'máy không cho biết',
    persisted: 'Máy đã nhận giữ dữ liệu này, không tự xóa.',
    notPersisted:
      'Trình duyệt có thể tự xóa dữ liệu khi máy hết bộ nhớ. Gửi sớm, và cài ứng dụng ra màn hình chính để máy giữ dữ liệu.'
  },
  skew: {
    title: 'Đồng hồ máy này lệch',
    text: (p: { minutes: string; fast: boolean }) =>
      `Đồng hồ máy ${p.fast ? 'nhanh' : 'chậm'} hơn máy chủ ${p.minutes} phút. Hồ sơ vẫn gửi được, nhưng giờ ghi trên hồ sơ sẽ sai; bật “Ngày giờ tự động” trong cài đặt của máy.`
  },
  today: (p: { time: string }) => `hôm nay, ${p.time}`,
  at: (p: { time: string }) => `lúc ${p.time}`,
  onDay: (p: { day: string; time: string }) => `${p.day}, ${p.time}`
};
