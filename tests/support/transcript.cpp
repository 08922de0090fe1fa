#include "tests/support/transcript.h"

#include <sstream>

#include "tests/support/files.h"

namespace sparkgate::test {
namespace {

using Captures = std::map<std::string, std::string>;

struct Exchange {
  int line = 0;
  std::string method, target, login, body;
  std::map<std::string, std::string> fields;
  int status = 0;
  std::map<std::string, std::string> expected_fields;
  std::string expected_body;
};

std::string filled(std::string text, const Captures& captures) {
  for (const auto& [name, value] : captures) {
    const std::string mark = "{" + name + "}";
    for (size_t at = text.find(mark); at != text.npos; at = text.find(mark, at + value.size())) {
      text.replace(at, mark.size(), value);
    }
  }
  return text;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// Fields until a body begins; the body goes on to the end of its half.
void read_half(const std::vector<std::string>& lines, size_t first, size_t end,
               std::map<std::string, std::string>& fields, std::string& body) {
  for (size_t i = first; i < end; ++i) {
    const std::string& line = lines[i];
    if (!body.empty() || line.front() == '{' || line.front() == '[' || line.front() == '|' ||
        line.front() == '@') {
      body += line.substr(line.front() == '|' ? 1 : 0);
    } else {
      fields[line.substr(0, line.find(':'))] = line.substr(line.find(':') + 2);
    }
  }
}

Exchange read_exchange(const std::vector<std::string>& lines, int line) {
  Exchange out;
  out.line = line;
  std::istringstream(lines.front()) >> out.method >> out.target;
  const auto arrow =
      std::find_if(lines.begin(), lines.end(), [](const std::string& l) { return l.substr(0, 3) == "=> "; });
  const size_t middle = static_cast<size_t>(arrow - lines.begin());
  read_half(lines, 1, middle, out.fields, out.body);
  if (arrow != lines.end()) out.status = std::stoi(arrow->substr(3));
  read_half(lines, std::min(middle + 1, lines.size()), lines.size(), out.expected_fields, out.expected_body);
  out.login = out.fields["As"];
  out.fields.erase("As");
  return out;
}

std::vector<Exchange> read(const std::string& text) {
  std::vector<Exchange> out;
  std::vector<std::string> lines;
  std::istringstream in(text + "\n\n");
  int number = 0, first = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!line.empty() && line.front() == '#') continue;
    if (!line.empty()) {
      if (lines.empty()) first = number;
      lines.push_back(line);
    } else if (!lines.empty()) {
      out.push_back(read_exchange(lines, first));
      lines.clear();
    }
  }
  return out;
}

void compare(const Json& expected, const Json& actual, const std::string& path, Captures& captures,
             std::vector<std::string>& wrong) {
  if (expected.is_string()) {
    const std::string text = expected.get<std::string>();
    if (text == "*") return;
    if (text.front() == '?' && text.size() > 1) {
      captures[text.substr(1)] = actual.is_string() ? actual.get<std::string>() : actual.dump();
      return;
    }
  }
  if (expected.is_object() && actual.is_object()) {
    for (const auto& [name, value] : expected.items()) {
      compare(value, actual.value(name, Json()), path + "/" + name, captures, wrong);
    }
  } else if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
    for (size_t i = 0; i < expected.size(); ++i) {
      compare(expected[i], actual[i], path + "/" + std::to_string(i), captures, wrong);
    }
  } else if (expected != actual) {
    wrong.push_back(path + " is " + actual.dump() + ", not " + expected.dump());
  }
}

std::vector<std::string> run(Service& service, const Exchange& exchange, Captures& captures) {
  api::Request request;
  const std::string target = filled(exchange.target, captures);
  request.method = exchange.method;
  request.path = target.substr(0, target.find('?'));
  request.peer = "192.0.2.7";
  if (target.size() > request.path.size()) {
    const std::string pair = target.substr(request.path.size() + 1);
    request.query.emplace(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
  }
  request.body = exchange.body.starts_with('@') ? content_of(SOURCE_DIR "/" + exchange.body.substr(1))
                                                : filled(exchange.body, captures);
  if (!request.body.empty()) request.headers["content-type"] = "application/json";
  request.headers["accept-language"] = "en";
  for (const auto& [name, value] : exchange.fields) request.headers[lower(name)] = filled(value, captures);
  if (!exchange.login.empty()) request.headers["authorization"] = "Bearer " + service.token(exchange.login);
  const Got got = service.ask_raw(request);
  std::vector<std::string> wrong;
  if (got.status != exchange.status) wrong.push_back("status " + std::to_string(got.status) + " " + got.body.dump());
  for (const auto& [name, value] : exchange.expected_fields) {
    const auto actual = got.headers.find(name);
    const std::string text = actual == got.headers.end() ? "" : actual->second;
    if (text.find(filled(value, captures)) == text.npos || actual == got.headers.end()) {
      wrong.push_back(name + " is \"" + text + "\"");
    }
  }
  if (exchange.expected_body.empty()) return wrong;
  const auto expected = parse_json(filled(exchange.expected_body, captures));
  if (!expected) return {"the expectation is no JSON: " + describe(expected.error())};
  compare(*expected, got.body, "", captures, wrong);
  return wrong;
}

}  // namespace

std::vector<std::string> run_transcript(Service& service, const std::string& text) {
  std::vector<std::string> wrong;
  Captures captures = {{"demo_password", k_demo_password}};
  for (const Exchange& exchange : read(text)) {
    for (const std::string& item : run(service, exchange, captures)) {
      wrong.push_back("line " + std::to_string(exchange.line) + ", " + exchange.method + " " + exchange.target + ": " +
                      item);
    }
  }
  return wrong;
}

}  // namespace sparkgate::test
