// Vietnamese sentences: assessment (the self-assessment editor).
export const assessment = {
  title: 'Tự đánh giá',
  subtitle: (p: { producer: string; set: string }) =>
    [`Tự đánh giá`, p.producer, `Bộ ${p.set}`].filter((part) => part !== '').join(' · '),
  unknownProduct: 'Sản phẩm chưa tải về máy',
  outOf100: '/100',
  outOf: (p: { max: string }) => `/${p.max} điểm`,
  unseenPoints: '–',
  unseenPointsSpoken: (p: { max: string }) => `chưa xem, cao nhất ${p.max} điểm`,
  estimate: 'Ước tính',
  estimateStars: (p: { stars: number }) => `${String(p.stars)} sao`,
  byPoints: 'Theo điểm',
  byMinimums: 'Theo mức tối thiểu',
  score: 'Điểm và hạng sao',
  announce: (p: { points: string; stars: number }) => `${p.points} trên 100 điểm. Ước tính ${String(p.stars)} sao.`,
  announceEnded: (p: { points: string; reason: string }) =>
    `${p.points} trên 100 điểm. ${p.reason}, không ước tính hạng.`,
  estimateNote: 'Ước tính. Hội đồng quyết định hạng sao.',
  tree: 'Các mục của bộ tiêu chí',
  part: (p: { code: string; title: string }) => `${p.code} · ${p.title}`,
  filter: {
    label: 'Lọc tiêu chí',
    all: 'Tất cả',
    unseen: 'Chưa xem',
    missed: 'Hụt mức',
    noEvidence: 'Thiếu minh chứng'
  },
  nothingLeft: {
    unseen: { title: 'Đã xem hết', text: 'Không còn tiêu chí nào chưa xem.' },
    missed: { title: 'Không hụt mức nào', text: 'Các mức tối thiểu của hạng tiếp theo đều đạt.' },
    noEvidence: { title: 'Không thiếu minh chứng', text: 'Mọi tiêu chí có điểm đều có minh chứng.' },
    showAll: 'Xem tất cả tiêu chí'
  },
  criterion: {
    options: (p: { code: string }) => `Các mức của tiêu chí ${p.code}`,
    notReached: 'Không đạt mức nào',
    clear: 'Bỏ chọn',
    cleared: (p: { code: string }) => `Đã bỏ chọn ${p.code}`,
    note: 'Ghi chú',
    addNote: 'Ghi chú',
    next: 'Tiếp',
    nextSpoken: (p: { code: string }) => `Tiếp: tiêu chí ${p.code}`,
    hasNote: 'Có ghi chú',
    hasMinimum: (p: { star: number }) => `Có mức tối thiểu ${String(p.star)} sao`,
    cases: (p: { code: string }) => `Trường hợp của tiêu chí ${p.code}`,
    caseTitle: 'Trường hợp',
    caseChanged: 'Đổi trường hợp nên mức cũ đã bỏ',
    blockedRow: 'Không có câu chuyện, tính 0',
    blocked: (p: { by: string }) => `Tiêu chí ${p.by} không có điểm nên ở đây tính 0 điểm. Mức đã chọn vẫn được giữ.`,
    waitingRow: (p: { by: string }) => `Chờ tiêu chí ${p.by}`,
    waiting: (p: { by: string }) => `Chọn mức ở tiêu chí ${p.by} trước; điểm ở đây chỉ tính khi có câu chuyện.`,
    openOther: (p: { code: string }) => `Mở tiêu chí ${p.code}`,
    doubt: 'Chỗ in cần đối chiếu'
  },
  ending: {
    applies: 'Sản phẩm rơi vào trường hợp này',
    row: 'Rơi vào điều kiện loại',
    disqualify: 'Hồ sơ bị loại',
    stop: 'Dừng đánh giá',
    notEligible: 'Không thuộc diện đánh giá',
    whole: 'Điều kiện loại cả hồ sơ',
    wholeUnticked: 'Chưa đánh dấu điều kiện nào',
    wholeTicked: 'Đã đánh dấu, hồ sơ bị loại'
  },
  dock: {
    unseen: (p: { count: number }) => `Chưa xem ${String(p.count)}`,
    gap: (p: { star: number }) => `Thiếu gì lên ${String(p.star)} sao?`,
    complete: 'Đã đủ 5 sao',
    submit: 'Nộp'
  },
  gap: {
    title: 'Còn thiếu gì?',
    titleFor: (p: { star: number }) => `Còn thiếu gì để lên ${String(p.star)} sao`,
    target: 'Hạng muốn đạt',
    to: (p: { star: number }) => `Lên ${String(p.star)} sao`,
    enoughPoints: 'Đã đủ điểm:',
    lackPoints: (p: { points: string }) => `Thiếu ${p.points} điểm:`,
    pointsNow: (p: { now: string; needed: string }) => `đang ${p.now}, cần ${p.needed}`,
    pointsEnough: (p: { now: string; needed: string }) => `${p.now}, cần ${p.needed}`,
    allMinimums: 'Đạt mọi mức tối thiểu',
    missed: (p: { count: number }) => `Hụt ${String(p.count)} mức tối thiểu;`,
    missedGain: (p: { count: number; gain: string }) =>
      p.count === 1
        ? `đạt mức này thì được thêm ${p.gain} điểm`
        : `đạt cả ${String(p.count)} thì được thêm ${p.gain} điểm`,
    stillLacking: (p: { points: string }) => `, vẫn thiếu ${p.points}`,
    oneStep: 'Lên 1 mức là đủ',
    twoSteps: 'Phải lên 2 mức',
    moreSteps: 'Phải lên từ 2 mức trở lên',
    unseen: 'Chưa xem',
    morePoints: 'Có thể thêm điểm',
    gain: (p: { gain: string }) => `+${p.gain}`,
    gainSpoken: (p: { gain: string }) => `thêm ${p.gain} điểm`,
    from: (p: { from: string; to: string }) => `Đang ${p.from} điểm, cần ${p.to}`,
    fromUnseen: (p: { to: string }) => `Chưa xem, cần ${p.to}`,
    raise: (p: { from: string; to: string }) => `Từ ${p.from} lên ${p.to} điểm`,
    raiseUnseen: (p: { to: string }) => `Chưa xem, được ${p.to} điểm`,
    reached: (p: { star: number }) => `Không còn thiếu gì để đạt ${String(p.star)} sao.`,
    ended: 'Điều kiện loại đang được đánh dấu nên chưa có hạng nào. Phần dưới tính như khi không có điều kiện đó.'
  },
  info: {
    title: 'Về bộ tiêu chí này',
    open: 'Về bộ tiêu chí này',
    set: (p: { number: string; name: string }) => `Bộ ${p.number} ${p.name}`,
    line: 'Ngành',
    group: 'Nhóm',
    decision: 'Quyết định',
    annex: (p: { decision: string; annex: string }) => `${p.decision}, phụ lục ${p.annex}`,
    effective: 'Hiệu lực từ',
    version: 'Phiên bản',
    keeps: 'Bản tự đánh giá này giữ nguyên bộ tiêu chí và phiên bản này, dù sau có quyết định mới.',
    samples: 'Mẫu sản phẩm',
    samplesYes: 'Cần nộp',
    samplesNo: 'Không cần',
    rules: 'Điều kiện loại cả hồ sơ',
    doubts: 'Chỗ in cần đối chiếu',
    how: 'Cách ước tính hạng',
    howText:
      'Theo điểm: từ 90 là 5 sao, từ 70 là 4 sao, từ 50 là 3 sao, từ 30 là 2 sao, không làm tròn. Theo mức tối thiểu: hạng cao nhất mà mọi mức tối thiểu của hạng đó và các hạng thấp hơn đều đạt. Ước tính lấy hạng thấp hơn. Hội đồng quyết định hạng sao.'
  },
  menu: {
    open: 'Việc khác',
    submit: 'Nộp tự đánh giá',
    submitText: 'Giao cho tổ tư vấn xem; sau đó chỉ đọc',
    remove: 'Xóa tự đánh giá',
    removeText: 'Có thể hoàn tác ngay sau đó',
    removed: 'Đã xóa 1 bản tự đánh giá'
  },
  submit: {
    title: 'Nộp tự đánh giá',
    unseen: (p: { count: number }) => `Còn ${String(p.count)} tiêu chí chưa xem, tính 0 điểm.`,
    showUnseen: 'Xem tiêu chí còn lại',
    complete: 'Đã xem hết các tiêu chí.',
    total: 'Tổng điểm',
    after: 'Nộp rồi thì không sửa được nữa, trừ khi tổ tư vấn trả lại. Bản nộp nằm trên máy và tự gửi khi có mạng.',
    confirm: 'Nộp',
    done: 'Đã nộp. Bản này tự gửi khi có mạng.',
    failed: 'Chưa nộp được vì máy chưa ghi được. Những gì bạn chọn vẫn còn trên màn hình.'
  },
  locked: {
    submitted: 'Đã nộp, đang chờ tổ tư vấn. Chỉ đọc.',
    accepted: 'Đã duyệt. Chỉ đọc.',
    others: (p: { name: string }) => `Bản của ${p.name}. Bạn chỉ đọc.`,
    frozen: (p: { total: string }) => `Khi nộp: ${p.total} điểm`
  },
  returned: 'Bị trả lại. Sửa rồi nộp lại.',
  notSaved: {
    quota:
      'Bộ nhớ máy đã đầy nên chưa lưu được. Những gì bạn chọn vẫn còn trên màn hình; máy tự lưu khi bộ nhớ có chỗ. Vào Cài đặt xóa bớt ảnh đã gửi, đừng tắt ứng dụng.',
    other: 'Máy chưa lưu được. Những gì bạn chọn vẫn còn trên màn hình; máy đang tự thử lại.'
  },
  gone: {
    title: 'Bản tự đánh giá này đã bị xóa',
    text: 'Người khác hoặc thẻ khác vừa xóa. Về trang sản phẩm để xem các bản còn lại.'
  },
  error: {
    missing: {
      title: 'Không có bản tự đánh giá này trên máy',
      text: 'Có thể nó chưa tải về hoặc đã bị xóa. Đồng bộ rồi mở lại.'
    },
    unknownSet: {
      title: 'Cần bản ứng dụng mới hơn',
      text: 'Bản tự đánh giá dùng bộ tiêu chí mà ứng dụng này chưa có. Dữ liệu vẫn còn; cập nhật ứng dụng để mở.'
    },
    setUnavailable: {
      title: 'Chưa tải được bộ tiêu chí',
      text: 'Bộ tiêu chí này chưa có trên máy. Dữ liệu vẫn còn; mở lại khi có mạng.'
    },
    invalidSet: {
      title: 'Bộ tiêu chí bị hỏng',
      text: 'Dữ liệu của bạn vẫn còn. Cập nhật ứng dụng rồi mở lại.'
    },
    back: 'Về danh sách sản phẩm'
  }
};
