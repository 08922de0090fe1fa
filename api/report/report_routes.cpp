#include "api/report/report_routes.h"

#include "api/report/export_routes.h"
#include "api/report/officer_keys_routes.h"
#include "api/report/officer_routes.h"
#include "api/report/source_routes.h"
#include "api/report/upload.h"

namespace sparkgate::api {

// clang-format off
std::vector<Route> report_routes() {
  return {
    // method   pattern                                    roles        answer             summary
    {"GET"   , "/report"                                , {k_public}, get_report_start, "where the public reports"},
    {"GET"   , "/report/style.css"                      , {k_public}, get_report_style, "its looks"},
    {"GET"   , "/report/new"                            , {k_public}, get_report_form , "to report something"},
    {"POST"  , "/report/new"                            , {k_public}, post_report     , "a report"},
    {"GET"   , "/report/return"                         , {k_public}, get_return_form , "to come back to one"},
    {"POST"  , "/report/return"                         , {k_public}, post_return     , "its receipt code"},
    {"GET"   , "/report/mine"                           , {k_public}, get_own_report  , "one's own report"},
    {"POST"  , "/report/mine/file"                      , {k_public}, post_own_file   , "a file for it"},
    {"POST"  , "/report/mine/{event}"                   , {k_public}, post_own_event  , "an answer or objection"},
    {"POST"  , "/report/leave"                          , {k_public}, leave_report    , "forget who this was"},
    {"GET"   , "/api/v1/intake"                         , {"intake"}, get_intake      , "one's keys, and the roster"},
    {"POST"  , "/api/v1/intake/enrolment"               , {"intake"}, enrol_officer   , "keys of one's own"},
    {"POST"  , "/api/v1/intake/recovery"                , {"intake"}, recover_officer , "another passphrase, by paper"},
    {"POST"  , "/api/v1/intake/passphrase"              , {"intake"}, change_intake_passphrase, "another passphrase"},
    {"POST"  , "/api/v1/intake/unlock"                  , {"intake"}, unlock_intake   , "read for half an hour"},
    {"POST"  , "/api/v1/intake/lock"                    , {"intake"}, lock_intake     , "no longer"},
    {"POST"  , "/api/v1/intake/sealings"                , {"intake"}, seal_to_roster  , "let the whole roster read"},
    {"GET"   , "/api/v1/intake/statistics"              , {"intake"}, get_intake_statistics, "counts of a quarter"},
    {"GET"   , "/api/v1/intake/reports"                 , {"intake"}, list_reports    , "reports that one may read"},
    {"GET"   , "/api/v1/intake/reports/{id}"            , {"intake"}, get_report      , "one of them"},
    {"GET"   , "/api/v1/intake/reports/{id}/files/{sequence}", {"intake"}, get_report_file, "a file of it"},
    {"GET"   , "/api/v1/intake/reports/{id}/files/{sequence}/cleaned", {"intake"}, get_cleaned_file, "without metadata"},
    {"GET"   , "/api/v1/intake/reports/{id}/permits"    , {"intake"}, list_permits_there, "permits at that place and time"},
    {"POST"  , "/api/v1/intake/reports/{id}/export"     , {"intake"}, propose_export  , "for another authority"},
    {"GET"   , "/api/v1/intake/exports/{code}"          , {"intake"}, get_export      , "what was proposed"},
    {"POST"  , "/api/v1/intake/exports/{code}"          , {"intake"}, confirm_export  , "the file, for a second one"},
    {"POST"  , "/api/v1/intake/reports/{id}/{event}"    , {"intake"}, handle_report   , "what an officer does with it"},
  };
}
// clang-format on

}  // namespace sparkgate::api
