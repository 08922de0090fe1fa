// What the paper of a permit says, field by field, in one language: from its data, its entries and the registers. What
// nothing tells stays empty, to be filled in by hand.
#pragma once

#include "api/words.h"
#include "engine/journal/logged.h"
#include "engine/workflow.h"
#include "workflows/rules/packs.h"

namespace sparkgate::api {

/// Somebody's act, as it is signed for.
struct PaperMark {
  std::string name, opinion, when_and_where, key;
};

struct PaperSample {
  std::string at, point, gas, lel, result, oxygen, analyst, instrument, recorded_by;
};

struct PaperMeasure {
  std::string code, text;
  bool applies = false;
  PaperMark confirmed;
};

struct PaperSignature {
  std::string label;
  PaperMark mark;
};

struct PaperRecord {
  std::map<std::string, std::string, std::less<>> fields;  // by their labels among the words
  std::vector<PaperSample> samples;
  std::vector<PaperMeasure> measures;
  std::vector<PaperSignature> signatures;
  std::vector<std::string> copies;  // who gets one each: keys of the words "copy.*"; empty: the rules name none
  size_t samples_left_out = 0, signatures_left_out = 0;  // the earliest, of more than a paper has room for
};

struct PaperSources {
  const Instance& permit;
  const std::vector<journal::Logged>& entries;  // of the permit, all
  const View& view;
  const rules::Pack& pack;
  Text state_label;
  Language language;
};
PaperRecord paper_record(const PaperSources& sources);

const Words& paper_words();

}  // namespace sparkgate::api
