// Which folder may include what: the arrows of ARCHITECTURE.md, and the one place of each library.
#include <gtest/gtest.h>

#include <regex>

#include "tests/support/source_tree.h"

namespace sparkgate {
namespace {

using Patterns = std::vector<std::string_view>;

struct Row {
  std::string_view subject;
  Patterns allowed;
};

// A room, and the rooms it may see. The first row that fits a file counts.
const Row k_rooms[] = {
    {"engine/base/*", {"engine/base/*"}},
    {"engine/*", {"engine/*"}},
    {"certs/*", {"certs/*", "engine/base/*"}},
    {"workflows/*", {"workflows/*", "certs/*", "engine/*"}},
    {"api/*", {"api/*", "workflows/*", "certs/*", "engine/*"}},
    {"admin/*", {"admin/*", "api/*", "workflows/*", "certs/*", "engine/*"}},
    {"tests/*", {"tests/*", "admin/*", "api/*", "workflows/*", "certs/*", "engine/*"}},
};

// A library's headers, and the files that may include them. A new library is a new row.
const Row k_libraries[] = {
    {"Poco/*",
     {"api/http_server.*", "api/http_connection.*", "api/compressed.cpp", "api/out/*", "tests/bench/*",
      "tests/api/compressed_test.cpp", "tests/api/out/http_client_test.cpp"}},
    {"boost/*", {"*/lifecycle.cpp", "workflows/machine.h", "tests/workflows/machine_test.cpp"}},
    {"openssl/*", {"certs/*", "engine/base/digest.cpp", "engine/base/digest_stream.cpp", "engine/base/random.cpp"}},
    {"p11-kit/*", {"certs/cryptoki.h", "tests/certs/pkcs11_test.cpp"}},
    {"qrencode.h", {"certs/qr.cpp"}},
    {"kainjow/*", {"api/page.cpp"}},
    {"cairo*", {"api/paper/sheet.cpp", "api/paper/press.*"}},
    {"pango/*", {"api/paper/sheet.cpp", "api/paper/press.*"}},
    {"turbojpeg.h", {"api/photos/picture.cpp", "tests/support/jpeg.cpp"}},
    {"libexif/*", {"tests/support/jpeg.cpp"}},  // to write Exif as somebody else does
    {"zip.h", {"workflows/evidence/archive.cpp", "tests/workflows/evidence/*"}},
    {"sqlite3.h",
     {"engine/store/sqlite/*", "tests/contract/query_plans.cpp", "tests/contract/sqlite_store_test.cpp",
      "tests/engine/log_upgrade_test.cpp", "tests/support/raw_database.cpp"}},
    {"valijson/*", {"engine/base/schema.cpp"}},
    {"csv.h", {"engine/base/csv.cpp"}},
    {"iconv.h", {"engine/base/csv.cpp"}},
    {"CLI/*", {"admin/*"}},
    {"yaml-cpp/*", {"api/*", "tests/*"}},
    {"date/*", {"workflows/*"}},
    {"nlohmann/*", {"engine/base/json_value.h", "tests/bench/*"}},
    {"tl/*", {"engine/base/refusal.h"}},
    {"gtest/*", {"tests/*"}},
    {"gmock/*", {"tests/*"}},
    {"cxxabi.h", {"api/http_connection.cpp"}},
    {"fnmatch.h", {"tests/support/*"}},
    // the operating system: files, sockets, signals
    {"sys/*", {"engine/store/*", "certs/key_file.cpp", "api/http_*", "api/out/http_*", "api/report/scan.cpp", "admin/*",
      "tests/*"}},
    {"fcntl.h",
     {"engine/store/*", "engine/journal/high_water.cpp", "certs/key_file.cpp", "api/http_*", "admin/*", "tests/*"}},
    {"stdlib.h", {"tests/support/temp_folder.h"}},  // mkdtemp
    {"unistd.h",
     {"engine/store/*", "engine/journal/high_water.cpp", "certs/key_file.cpp", "api/http_*", "api/out/http_*",
      "api/report/scan.cpp", "admin/*", "tests/*"}},
    {"poll.h", {"api/http_*", "admin/program.cpp", "tests/*"}},
    {"sched.h", {"admin/program.cpp"}},
    {"signal.h", {"admin/*", "tests/*"}},
    {"pthread.h", {"api/http_*", "admin/*"}},
    {"netinet/*", {"api/http_*", "tests/*"}},
    {"arpa/*", {"api/http_*", "tests/*"}},
    // the C++ standard library: names without a dot or a slash
    {"[a-z]*[a-z0-9]", {"*"}},
};

// "" when `path` may include the header.
std::string objection(const std::string& path, const std::string& header, bool quoted) {
  const auto fits = [](std::string_view name) {
    return [name](const Row& row) { return fits_any(name, {row.subject}); };
  };
  if (quoted) {
    const auto room = std::find_if(std::begin(k_rooms), std::end(k_rooms), fits(path));
    if (room == std::end(k_rooms)) return "stands in no room";
    if (!std::any_of(std::begin(k_rooms), std::end(k_rooms), fits(header))) return "is not included by its path";
    return fits_any(header, room->allowed) ? "" : "is above or beside this room";
  }
  const bool plain = header.find_first_of("./") == header.npos;
  const auto library = std::find_if(std::begin(k_libraries), std::end(k_libraries), [&](const Row& row) {
    return fits_any(header, {row.subject}) && (row.subject.front() != '[' || plain);
  });
  if (library == std::end(k_libraries)) return "is of a library without a row in this test";
  return fits_any(path, library->allowed) ? "" : "belongs to other files alone";
}

std::vector<std::string> objections(const SourceFile& file) {
  static const std::regex k_include(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
  std::vector<std::string> out;
  for (const std::string_view line : lines_of(file.text)) {
    std::match_results<std::string_view::const_iterator> match;
    if (!std::regex_search(line.begin(), line.end(), match, k_include)) continue;
    const std::string why = objection(file.path, match[2], match[1] == "\"");
    if (!why.empty()) out.push_back(file.path + ": " + match[2].str() + " " + why);
  }
  return out;
}

TEST(Includes, every_room_includes_only_what_it_may) {
  for (const SourceFile& file : source_tree()) {
    if (!is_code(file.path)) continue;
    for (const std::string& objection : objections(file)) ADD_FAILURE() << objection;
  }
}

TEST(Includes, the_check_sees_planted_violations) {
  struct Planted {
    const char* path;
    const char* text;
    const char* objection;
  };
  constexpr Planted k_planted[] = {
      {"engine/base/x.cpp", "#include \"engine/workflow.h\"", "is above or beside this room"},
      {"engine/x.cpp", "#include \"certs/password.h\"", "is above or beside this room"},
      {"engine/x.cpp", "  #  include  \"workflows/access.h\"", "is above or beside this room"},
      {"certs/x.cpp", "#include \"engine/workflow.h\"", "is above or beside this room"},
      {"certs/x.cpp", "#include \"engine/store/store.h\"", "is above or beside this room"},
      {"workflows/x.h", "#include \"api/http.h\"", "is above or beside this room"},
      {"api/x.cpp", "#include \"admin/import.h\"", "is above or beside this room"},
      {"admin/x.cpp", "#include \"tests/support/fake_view.h\"", "is above or beside this room"},
      {"api/x.cpp", "#include \"problem.h\"", "is not included by its path"},
      {"scripts/x.cpp", "#include \"api/http.h\"", "stands in no room"},
      {"workflows/permit/facts.cpp", "#include <boost/msm/back/state_machine.hpp>", "belongs to other files alone"},
      {"api/routes.cpp", "#include <Poco/Net/HTTPServer.h>", "belongs to other files alone"},
      {"api/routes.cpp", "#include <openssl/evp.h>", "belongs to other files alone"},
      {"engine/commands.cpp", "#include <sqlite3.h>", "belongs to other files alone"},
      {"engine/base/json.h", "#include <nlohmann/json.hpp>", "belongs to other files alone"},
      {"engine/x.cpp", "#include <QtCore/QString>", "is of a library without a row in this test"},
      {"engine/x.cpp", "#include <curl.h>", "is of a library without a row in this test"},
  };
  for (const auto& [path, text, objection] : k_planted) {
    const auto found = objections({path, text});
    ASSERT_EQ(found.size(), 1u) << path << " " << text;
    EXPECT_TRUE(found[0].ends_with(objection)) << found[0];
  }
}

TEST(Includes, the_check_lets_the_allowed_pass) {
  const char* text = "#include <vector>\n#include \"engine/base/json.h\"\n// #include \"api/http.h\"\n";
  for (const char* path : {"engine/x.cpp", "certs/x.cpp", "workflows/x.cpp", "api/x.cpp", "admin/x.cpp"}) {
    EXPECT_TRUE(objections({path, text}).empty()) << path;
  }
  EXPECT_TRUE(objections({"workflows/hot_work_permit/lifecycle.cpp", "#include <boost/mpl/vector.hpp>"}).empty());
}

}  // namespace
}  // namespace sparkgate
