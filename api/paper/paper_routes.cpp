#include "api/paper/paper_routes.h"

#include <algorithm>
#include <cmath>

#include "api/notice/address.h"
#include "api/notice/standing.h"
#include "api/paper/form.h"
#include "api/paper/press.h"
#include "api/paper/seal.h"
#include "api/query.h"
#include "api/reading.h"
#include "engine/base/codes.h"
#include "engine/log_reader.h"
#include "workflows/hot_work_permit/application.h"
#include "workflows/hot_work_permit/permit.h"

namespace sparkgate::api {
namespace {

// Of the whole process: fonts are loaded once, and papers are made in turn whoever asks.
Press& press() {
  static Press one;
  return one;
}

struct Ask {
  Language language;
  std::optional<size_t> copy;  // its index; all of them when not told
};

Result<Ask> ask_of(const Call& call) {
  const auto query = Query::of(call.request, {"copy", "lang"});
  if (!query) return tl::make_unexpected(query.error());
  constexpr int64_t k_all = 0;
  const auto copy = query->number("copy", 1, 3, k_all);
  if (!copy) return tl::make_unexpected(copy.error());
  const std::string lang = query->text("lang");
  if (!lang.empty() && lang != "zh" && lang != "en") return refuse_parameter("lang", "应为 zh 或 en", "zh or en");
  Ask out{lang.empty() ? call.language : lang == "en" ? Language::en : Language::zh, std::nullopt};
  if (*copy != k_all) out.copy = static_cast<size_t>(*copy - 1);
  return out;
}

// As of the instance: what was recorded while it was read is left out.
std::vector<journal::Entry> entries_of(Reader& reader, const Instance& permit) {
  auto entries = reader.entries(permit.id);
  entries.resize(std::min(entries.size(), static_cast<size_t>(permit.version)));
  return entries;
}

Result<std::vector<journal::Logged>> read_all(const std::vector<journal::Entry>& entries) {
  std::vector<journal::Logged> out;
  for (const journal::Entry& entry : entries) {
    auto logged = journal::read_entry(entry);
    if (!logged) return tl::make_unexpected(logged.error());
    out.push_back(std::move(*logged));
  }
  return out;
}

Result<std::vector<size_t>> copies_of(const PaperRecord& record, const Ask& ask) {
  if (ask.copy && *ask.copy >= record.copies.size()) {
    const Text& text = paper_words().at("no_copy");
    return refuse_parameter("copy", text.zh, text.en);
  }
  if (ask.copy) return std::vector<size_t>{*ask.copy};
  std::vector<size_t> all;
  for (size_t i = 0; i < record.copies.size(); ++i) all.push_back(i);
  return all;
}

std::string watermark_of(const Instance& permit, Time at, Language language) {
  constexpr std::string_view k_never_in_force[] = {"Draft",       "QualificationCheck", "Returned",
                                                   "UnderReview", "Rejected",           "Withdrawn"};
  const bool never =
      std::find(std::begin(k_never_in_force), std::end(k_never_in_force), permit.state) != std::end(k_never_in_force);
  const std::string_view headline = standing_of(permit, at).headline;
  const bool no_more = headline == "expired" || headline == "revoked";
  return never     ? paper_words().say("not_approved", language)
         : no_more ? paper_words().say("not_in_force", language)
                   : "";
}

std::string log_text(const journal::Entry& newest, Reader& reader, Language language) {
  const auto logs = reader.logs();
  const StoredLog& log = log_of(logs, newest.index);
  return paper_words().say(
      "log.text", language,
      {{"origin", log.origin}, {"index", std::to_string(newest.index - log.first)}, {"leaf", hex(newest.leaf)}});
}

std::string retention_text(const rules::Pack& pack, const Instance& permit, Language language) {
  std::string out = permit.data.contains("erased_at") ? paper_words().say("erased", language) : "";
  for (const auto& [figure, word] :
       {std::pair{"retention_days", "retention.text"}, {"video_retention_days", "retention.video"}}) {
    const auto days = pack.figure(figure);
    if (!days) continue;
    if (!out.empty()) out += paper_words().say("name_and_sep", language);
    out += paper_words().say(word, language, {{"days", std::to_string(std::lround(*days))}});
  }
  return out;
}

FormFrame frame_of(const PaperSources& sources, const journal::Entry& newest, Reader& reader, const Call& call) {
  const Time now = call.service.engine.clock().wall();
  const auto language = sources.language;
  FormFrame out;
  out.number = text_of(sources.permit.data, "number");
  out.state = pick(sources.state_label, language);
  out.watermark = watermark_of(sources.permit, now, language);
  out.qr = qr_code(notice_address(call, text_of(sources.permit.data, "notice_code")));
  const rules::PackRef& pack = sources.pack.ref();
  out.receipts = {{"pack", text_of(sources.pack.json(), language == Language::en ? "en" : "zh") + " (" + pack.id + " " +
                               pack.version + ")"},
                  {"retention", retention_text(sources.pack, sources.permit, language)},
                  {"log", log_text(newest, reader, language)},
                  {"verify", paper_words().say("verify.text", language)},
                  {"printed", sources.pack.zone().minute(now)}};
  return out;
}

struct Paper {
  PaperRecord record;
  FormFrame frame;
  std::vector<size_t> copies;
};

// All that is read, so that no reader is kept waiting while the press runs.
Result<Paper> gather(const Call& call, const Ask& ask) {
  auto reader = call.service.engine.read();
  const RequestView view(*reader);
  const InstancePtr permit = view.find(call.parameter("id"));
  const Workflow& permits = *call.service.engine.registry().find("hot_work_permit");
  if (!permit || permit->workflow != "hot_work_permit" || !permits.readable(*permit, call.actor(), view)) {
    return refuse(Code::not_found);
  }
  const auto entries = entries_of(*reader, *permit);
  const auto logged = read_all(entries);
  if (!logged) return tl::make_unexpected(logged.error());
  const permit::PackChoice choice{call.service.packs, permit::Settings().default_pack, view, permit->at};
  const rules::Pack& pack = *permit::pack_to_show(*permit, choice);
  const Text& state = permits.description().state(permit->state)->label;
  const PaperSources sources{*permit, *logged, view, pack, state, ask.language};
  Paper out{paper_record(sources), frame_of(sources, entries.back(), *reader, call), {}};
  auto copies = copies_of(out.record, ask);
  if (!copies) return tl::make_unexpected(copies.error());
  out.copies = std::move(*copies);
  return out;
}

}  // namespace

Result<Response> get_paper(const Call& call) {
  const auto ask = ask_of(call);
  if (!ask) return tl::make_unexpected(ask.error());
  const auto paper = gather(call, *ask);
  if (!paper) return tl::make_unexpected(paper.error());
  const std::string title = paper_words().say("paper", ask->language) + " " + paper->frame.number;
  auto pdf = press().print(title, call.service.engine.clock().wall(), [&](Sheet& sheet) {
    draw_form(sheet, paper->record, paper->frame, paper->copies, ask->language);
  });
  if (pdf) pdf = sealed(call, std::move(*pdf));
  if (!pdf) return tl::make_unexpected(pdf.error());
  Response response;
  response.content_type = "application/pdf";
  response.body = std::move(*pdf);
  response.headers = {{"Content-Disposition", "inline; filename=\"" + paper->frame.number + ".pdf\""},
                      {"Content-Language", ask->language == Language::en ? "en" : "zh"}};
  return response;
}

}  // namespace sparkgate::api
