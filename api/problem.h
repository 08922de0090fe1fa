// RFC 9457 problem details: the one way in which a refusal leaves the service.
#pragma once

#include "api/http.h"

namespace sparkgate::api {

/// From Accept-Language (RFC 9110, 12.5.4); Chinese when nothing else is asked for.
Language preferred_language(std::string_view accept_language);

/// A finding for the caller: code, clause, subject, needed, actual, severity, and title and remedy in one language.
Json finding_json(const Finding& finding, Language language);

/// `application/problem+json`: type, status, code and title (the same for every refusal of a code), detail (the
/// sentence of this one), remedy, the details as further members but for what is internal, and the findings; all in
/// one language.
Response problem(const Refusal& refusal, Language language);

}  // namespace sparkgate::api
