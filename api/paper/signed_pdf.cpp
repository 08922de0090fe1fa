#include "api/paper/signed_pdf.h"

#include <charconv>
#include <map>
#include <optional>

#include "engine/base/codes.h"
#include "engine/base/digest.h"

namespace sparkgate::api {
namespace {

constexpr size_t k_signature_bytes = 12288;  // room for a chain of certificates; what is left stays zeros
constexpr std::string_view k_range_room = "0000000000 0000000000 0000000000";

tl::unexpected<Refusal> strange_form() {
  return refuse(Code::signing_failed, {{"reason", bilingual("PDF 结构不符", "the PDF is of another form")}});
}

// The number after the last or first `mark`.
std::optional<size_t> number_after(std::string_view text, std::string_view mark) {
  const size_t at = text.find(mark);
  if (at == text.npos) return std::nullopt;
  const std::string_view rest = text.substr(std::min(text.find_first_of("0123456789", at + mark.size()), text.size()));
  size_t value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
}

struct Trailer {
  size_t table = 0;  // where the cross-reference table stands
  size_t size = 0, root = 0, info = 0;
};

std::optional<Trailer> trailer_of(std::string_view pdf) {
  const size_t mark = pdf.rfind("startxref");
  const auto table = mark == pdf.npos ? std::nullopt : number_after(pdf.substr(mark), "startxref");
  if (!table || !pdf.substr(std::min(*table, pdf.size())).starts_with("xref")) return std::nullopt;
  const std::string_view rest = pdf.substr(*table);
  const std::string_view trailer = rest.substr(std::min(rest.find("trailer"), rest.size()));
  const auto size = number_after(trailer, "/Size"), root = number_after(trailer, "/Root"),
             info = number_after(trailer, "/Info");
  if (!size || !root || !info) return std::nullopt;
  return Trailer{*table, *size, *root, *info};
}

// "<< … >>" of an object, by the one section of the table: a line of 20 bytes each.
std::string dictionary_of(std::string_view pdf, const Trailer& trailer, size_t number) {
  const size_t first = pdf.find('\n', pdf.find('\n', trailer.table) + 1) + 1;
  const auto offset = number < trailer.size ? number_after(pdf.substr(first + 20 * number, 20), "") : std::nullopt;
  if (!offset || *offset >= pdf.size()) return "";
  const std::string_view object = pdf.substr(*offset);
  const size_t begin = object.find("<<"), end = object.find("endobj");
  if (!object.starts_with(std::to_string(number) + " 0 obj") || begin == object.npos || end == object.npos) return "";
  const size_t last = object.substr(0, end).rfind(">>");
  return last == object.npos || last < begin ? "" : std::string(object.substr(begin, last + 2 - begin));
}

std::string reference(size_t number) { return std::to_string(number) + " 0 R"; }

std::string with_entry(std::string dictionary, const std::string& entry) {
  return dictionary.insert(dictionary.size() - 2, " " + entry + " ");
}

// D:20260302090000Z
std::string pdf_time(Time at) {
  std::string out = "D:";
  for (const char c : format_time(std::chrono::floor<seconds>(at))) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out + "Z";
}

std::string signature_dictionary(Time at) {
  return "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (" + pdf_time(at) +
         ") /ByteRange [0 " + std::string(k_range_room) + "] /Contents <" + std::string(2 * k_signature_bytes, '0') +
         "> >>";
}

// The file with the new objects behind it, their table and its trailer.
std::string updated(std::string pdf, const Trailer& trailer, const std::map<size_t, std::string>& objects) {
  std::string table = "xref\n";
  for (const auto& [number, dictionary] : objects) {
    std::string offset = std::to_string(pdf.size());
    offset.insert(0, 10 - offset.size(), '0');
    table += std::to_string(number) + " 1\n" + offset + " 00000 n \n";
    pdf += std::to_string(number) + " 0 obj\n" + dictionary + "\nendobj\n";
  }
  const size_t start = pdf.size();
  const size_t size = std::max(trailer.size, objects.rbegin()->first + 1);
  return pdf + table + "trailer\n<< /Size " + std::to_string(size) + " /Root " + reference(trailer.root) + " /Info " +
         reference(trailer.info) + " /Prev " + std::to_string(trailer.table) + " >>\nstartxref\n" +
         std::to_string(start) + "\n%%EOF\n";
}

Result<std::string> filled(std::string pdf, const DocumentSigner& signer) {
  const size_t from = pdf.rfind("/Contents <") + 10, behind = from + 2 * k_signature_bytes + 2;
  std::string range = std::to_string(from) + " " + std::to_string(behind) + " " + std::to_string(pdf.size() - behind);
  range.resize(k_range_room.size(), ' ');
  pdf.replace(pdf.rfind(k_range_room), k_range_room.size(), range);
  const std::string_view all = pdf;
  const auto signature = signer.sign(all.substr(0, from), all.substr(behind));
  if (!signature) return signature;
  if (signature->size() > k_signature_bytes) {
    return refuse(Code::signing_failed, {{"reason", bilingual("证书链过长", "the chain of certificates is too long")}});
  }
  const std::string digits = hex(*signature);
  return pdf.replace(from + 1, digits.size(), digits);
}

}  // namespace

Result<std::string> signed_pdf(const std::string& pdf, const DocumentSigner& signer, Time at) {
  const auto trailer = trailer_of(pdf);
  if (!trailer) return strange_form();
  const std::string root = dictionary_of(pdf, *trailer, trailer->root);
  const auto pages = number_after(root, "/Pages");
  const auto first = pages ? number_after(dictionary_of(pdf, *trailer, *pages), "/Kids") : std::nullopt;
  const std::string page = first ? dictionary_of(pdf, *trailer, *first) : "";
  if (page.empty() || page.find("/Annots") != page.npos || root.find("/AcroForm") != root.npos) return strange_form();
  const size_t field = trailer->size, signature = trailer->size + 1;
  // 132: printed and locked; without an extent, since nothing of it is to be seen.
  const std::string widget = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sparkgate) /F 132 /Rect [0 0 0 0] /P " +
                             reference(*first) + " /V " + reference(signature) + " >>";
  const std::string form = "/AcroForm << /SigFlags 3 /Fields [" + reference(field) + "] >>";
  return filled(updated(pdf, *trailer,
                        {{trailer->root, with_entry(root, form)},
                         {*first, with_entry(page, "/Annots [" + reference(field) + "]")},
                         {field, widget},
                         {signature, signature_dictionary(at)}}),
                signer);
}

}  // namespace sparkgate::api
