// The names of a bundle's files, and its manifest. Private to workflows/evidence; the grammar stands in bundle.cpp.
#pragma once

#include "workflows/evidence/bundle.h"

namespace sparkgate::evidence {

inline constexpr std::string_view k_format = "sparkgate-evidence/1";
inline constexpr std::string_view k_packs = "packs", k_timestamps = "timestamps";
inline constexpr std::string_view k_json = ".json", k_facts = ".facts.json", k_personal = ".personal.json",
                                  k_proof = ".proof", k_slot = ".slot", k_response = ".tsr",
                                  k_stamped = ".checkpoint", k_consistency = ".consistency";
inline constexpr size_t k_number_digits = 6;

/// "entries/000012"
std::string stem(std::string_view folder, size_t number);

/// {NAME: {sha256, size}} of all but the manifest.
Json listing(const Files& files);
/// The one manifest that this bundle can have.
std::string manifest_text(const Bundle& bundle, Json listed);

}  // namespace sparkgate::evidence
