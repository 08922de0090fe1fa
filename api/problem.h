// RFC 9457 problem details: the one way in which a refusal leaves the service.
#pragma once

#include "api/http.h"

namespace sparkgate::api {

enum class Language { zh, en };

/// From Accept-Language (RFC 9110, 12.5.4); Chinese when nothing else is asked for.
Language preferred_language(std::string_view accept_language);

std::string_view pick(const Text& text, Language language);  // borrows from `text`

/// A finding for the caller: code, clause, subject, needed, actual, severity, and title and remedy in one language.
Json finding_json(const Finding& finding, Language language);

/// `application/problem+json` with type, title, status, code, detail, remedy, members of the details, findings.
Response problem(const Refusal& refusal, Language language);

}  // namespace sparkgate::api
