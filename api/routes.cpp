// The route table. A pattern with more literal steps stands above the one with named steps that it also fits; all
// methods of a pattern stand together.
#include "api/anchor_routes.h"
#include "api/backups.h"
#include "api/console_routes.h"
#include "api/delegates.h"
#include "api/events.h"
#include "api/evidence.h"
#include "api/field.h"
#include "api/live/live_stream.h"
#include "api/log_routes.h"
#include "api/notice/notice_routes.h"
#include "api/notices.h"
#include "api/owners.h"
#include "api/packs.h"
#include "api/paper/paper_routes.h"
#include "api/photos/photo_routes.h"
#include "api/preview.h"
#include "api/reading.h"
#include "api/renewal.h"
#include "api/report/report_routes.h"
#include "api/router.h"
#include "api/service_routes.h"
#include "api/session_routes.h"
#include "api/signatures.h"
#include "api/statistics.h"

namespace sparkgate::api {
namespace {

// clang-format off
std::vector<Route> service_routes() {
  return {
    // method   pattern                                    roles        answer             summary
    {"GET"   , "/"                                      , {k_public}, open_console    , "to the console"},
    {"GET"   , "/console"                               , {k_public}, open_console    , "to the console"},
    {"GET"   , "/console/"                              , {k_public}, get_console_page, "the console"},
    {"GET"   , "/console/assets/{file}"                 , {k_public}, get_console_asset, "its scripts and styles"},
    {"GET"   , "/console/{page...}"                     , {k_public}, get_console_page, "a page or file of the console"},
    {"GET"   , "/p/{code}"                              , {k_public}, get_notice      , "a permit's posted notice"},
    {"GET"   , "/p/{code}/qr.svg"                       , {k_public}, get_notice_qr   , "its QR code"},
    {"GET"   , "/healthz"                               , {k_public}, get_health      , "the process answers"},
    {"GET"   , "/readyz"                                , {k_public}, get_readiness   , "commands can be taken now"},
    {"GET"   , "/log/vkey"                              , {k_public}, get_vkey        , "keys that check the log"},
    {"GET"   , "/log/checkpoint"                        , {k_public}, get_checkpoint  , "the published checkpoint"},
    {"GET"   , "/log/anchors"                           , {k_public}, get_anchors     , "who anchors the log, how far"},
    {"GET"   , "/log/proof/{index}"                     , {k_public}, get_proof       , "an entry's proof"},
    {"GET"   , "/log/tile/entries/{tile...}"            , {"auditor"}, get_entries_tile, "entries themselves"},
    {"GET"   , "/log/tile/{tile...}"                    , {k_public}, get_tile        , "hashes of the tree"},
    {"GET"   , "/log/closed/{number}/checkpoint"        , {k_public}, get_checkpoint  , "the last one of a log before"},
    {"GET"   , "/log/closed/{number}/proof/{index}"     , {k_public}, get_proof       , "an entry's proof there"},
    {"GET"   , "/log/closed/{number}/tile/entries/{tile...}", {"auditor"}, get_entries_tile, "entries there"},
    {"GET"   , "/log/closed/{number}/tile/{tile...}"    , {k_public}, get_tile        , "hashes of the tree there"},
    {"GET"   , "/api/v1/openapi.json"                   , {k_public}, get_openapi     , "this interface, described"},
    {"POST"  , "/api/v1/sessions"                       , {k_public}, sign_in         , "sign in"},
    {"GET"   , "/api/v1/sessions"                       , {}        , list_sessions   , "one's sign-ins and tokens"},
    {"DELETE", "/api/v1/sessions/current"               , {}        , sign_out        , "sign out"},
    {"POST"  , "/api/v1/tokens"                         , {}        , create_token    , "a token for a program"},
    {"DELETE", "/api/v1/tokens/{id}"                    , {}        , delete_token    , "end a sign-in or token"},
    {"GET"   , "/api/v1/me"                             , {}        , get_me          , "who the caller is"},
    {"GET"   , "/api/v1/notices"                        , {}        , list_notices    , "messages for the caller"},
    {"GET"   , "/api/v1/events"                         , {}        , stream_events   , "what happens, as it happens"},
    {"GET"   , "/api/v1/workflows"                      , {}        , list_workflows  , "the workflows"},
    {"GET"   , "/api/v1/workflows/{name}"               , {}        , get_workflow    , "states, events, diagram"},
    {"GET"   , "/api/v1/packs"                          , {}        , list_packs      , "the rule packs"},
    {"POST"  , "/api/v1/packs"                          , {"admin"} , draft_pack      , "another one, as a draft"},
    {"GET"   , "/api/v1/packs/{id}"                     , {}        , get_pack        , "a rule pack, whole"},
    {"GET"   , "/api/v1/packs/{id}/diff"                , {"admin", "auditor", "supervisor"}, diff_pack, "what differs"},
    {"POST"  , "/api/v1/packs/{id}/trial"               , {"admin", "auditor", "supervisor"}, try_pack, "a trial of it"},
    {"GET"   , "/api/v1/backups"                        , {"admin"} , list_backups    , "backups, and how they stand"},
    {"POST"  , "/api/v1/backups"                        , {"admin"} , start_backup    , "begin one"},
    {"POST"  , "/api/v1/clock/confirmations"            , {"admin"} , confirm_clock   , "trust the clock again"},
    {"POST"  , "/api/v1/log/timestamps"                 , {"admin", "auditor"}, request_timestamps, "timestamps, soon"},
    {"POST"  , "/api/v1/permits/preview"                , {"applicant"}, preview_permit, "what it would come to"},
    {"GET"   , "/api/v1/statistics"                     , {"supervisor", "enforcement", "auditor", "admin"},
     get_statistics, "counts and times by day and area"},
    {"GET"   , "/api/v1/delegates"                      , {"supervisor"}, list_delegates, "who may stand in for one"},
    {"GET"   , "/api/v1/permits/{id}/renewal"           , {"applicant"}, get_renewal  , "the body of one that goes on"},
    {"GET"   , "/api/v1/permits/{id}/paper"             , {}        , get_paper       , "the permit as paper"},
    {"GET"   , "/api/v1/owners"                         , {"applicant"}, list_owners  , "whose places lie in an area"},
    {"GET"   , "/api/v1/field/time"                     , {}        , get_field_time  , "a mark of server time"},
    {"POST"  , "/api/v1/field/sync"                     , {}        , sync_field      , "events made offline"},
    {"POST"  , "/api/v1/photos"                         , {}        , send_photo      , "keep a photo"},
    {"GET"   , "/api/v1/photos/{sha256}"                , {}        , get_photo       , "what is known of it"},
    {"GET"   , "/api/v1/photos/{sha256}/original"       , {}        , get_original    , "as it was sent"},
    {"GET"   , "/api/v1/photos/{sha256}/display"        , {}        , get_display     , "to be shown"},
    {"GET"   , "/api/v1/{collection}"                   , {}        , list_instances  , "a page of instances"},
    {"POST"  , "/api/v1/{collection}"                   , {}        , create_instance , "the creating event"},
    {"POST"  , "/api/v1/{collection}/intent"            , {}        , offer_creating_intent, "what to sign for one"},
    {"GET"   , "/api/v1/{collection}/{id}"              , {}        , get_instance    , "one, and what comes next"},
    {"GET"   , "/api/v1/{collection}/{id}/entries"      , {}        , get_entries     , "its entries in the log"},
    {"GET"   , "/api/v1/{collection}/{id}/decisions"    , {}        , get_decisions   , "its judgements by the rules"},
    {"GET"   , "/api/v1/{collection}/{id}/evidence"     , {}        , get_evidence    , "to be verified offline"},
    {"GET"   , "/api/v1/{collection}/{id}/follow-ups"   , {}        , get_follow_ups  , "what it set in motion"},
    {"POST"  , "/api/v1/{collection}/{id}/{event}"      , {}        , send_event      , "any event of any workflow"},
    {"POST"  , "/api/v1/{collection}/{id}/{event}/intent", {}        , offer_event_intent, "what to sign for it"},
  };
}
// clang-format on

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> table = [] {
    std::vector<Route> all = report_routes();
    for (const Route& route : service_routes()) all.push_back(route);
    return all;
  }();
  return table;
}

}  // namespace sparkgate::api
