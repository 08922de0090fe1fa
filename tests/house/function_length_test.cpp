// No function over 70 lines, nine of ten within 30, half of all files within 160.
//
// The scanner knows the shape of our formatted code, not C++: it blanks comments, literals and directives, then calls
// every block a function whose head holds a parenthesis and does not end as an initializer or a scope.
#include <gtest/gtest.h>

#include "tests/support/source_tree.h"

namespace sparkgate {
namespace {

struct Function {
  std::string name;
  int first_line = 0;
  int lines = 0;
};

// The literal or comment that begins at `at`: its end, or `at` when none begins here.
size_t skip_text(std::string_view code, size_t at) {
  const auto end_of = [&](std::string_view mark, size_t from) {
    const size_t end = code.find(mark, from);
    return end == code.npos ? code.size() : end + mark.size();
  };
  const std::string_view rest = code.substr(at);
  if (rest.starts_with("//")) return std::min(code.find('\n', at), code.size());
  if (rest.starts_with("/*")) return end_of("*/", at + 2);
  if (rest.starts_with("R\"")) {
    const size_t open = code.find('(', at);
    return end_of(")" + std::string(code.substr(at + 2, open - at - 2)) + "\"", open);
  }
  const bool digit_separator =
      rest.starts_with('\'') && at > 0 && std::isalnum(static_cast<unsigned char>(code[at - 1]));
  if ((!rest.starts_with('"') && !rest.starts_with('\'')) || digit_separator) return at;
  for (size_t i = at + 1; i < code.size(); ++i) {
    if (code[i] == '\\')
      ++i;
    else if (code[i] == code[at])
      return i + 1;
  }
  return code.size();
}

// The same text with comments, literals and preprocessor directives made blank; lines stay where they are.
std::string blanked(std::string_view code) {
  std::string out(code);
  bool line_begins = true;
  for (size_t at = 0; at < out.size();) {
    size_t end = skip_text(code, at);
    if (line_begins && code[at] == '#') {
      end = at;
      do end = std::min(code.find('\n', end + 1), code.size());
      while (end < code.size() && code[end - 1] == '\\');
    }
    if (code[at] == '\n')
      line_begins = true;
    else if (code[at] != ' ')
      line_begins = false;
    if (end == at)
      ++end;
    else
      for (size_t i = at; i < end; ++i)
        if (out[i] != '\n') out[i] = ' ';
    at = end;
  }
  return out;
}

size_t block_end(std::string_view code, size_t open) {
  int depth = 0;
  for (size_t at = open; at < code.size(); ++at) {
    if (code[at] == '{') ++depth;
    if (code[at] == '}' && --depth == 0) return at + 1;
  }
  return code.size();
}

enum class Block { scope, function, initializer };

Block kind_of(std::string head) {
  while (!head.empty() && std::isspace(static_cast<unsigned char>(head.back()))) head.pop_back();
  if (head.ends_with('=') || head.ends_with(',') || head.ends_with('(')) return Block::initializer;
  if (head.find('(') != head.npos) return Block::function;
  for (const char* word : {"namespace", "class ", "struct ", "enum ", "union ", "extern"}) {
    if (head.find(word) != head.npos) return Block::scope;
  }
  return Block::initializer;
}

bool is_access_label(std::string_view head) {
  return head.ends_with("public:") || head.ends_with("private:") || head.ends_with("protected:");
}

std::vector<Function> functions_of(std::string_view source) {
  const std::string code = blanked(source);
  const auto line_at = [&](size_t at) {
    return 1 + static_cast<int>(std::count(code.begin(), code.begin() + at, '\n'));
  };
  std::vector<Function> out;
  size_t head_begin = 0;
  for (size_t at = 0; at < code.size(); ++at) {
    if (code[at] == ';' || code[at] == '}' ||
        is_access_label(std::string_view(code).substr(head_begin, at + 1 - head_begin))) {
      head_begin = at + 1;
    }
    if (code[at] != '{') continue;
    head_begin = code.find_first_not_of(" \n", head_begin);
    const std::string head = code.substr(head_begin, at - head_begin);
    const Block kind = kind_of(head);
    if (kind == Block::scope) {
      head_begin = at + 1;
      continue;
    }
    const size_t end = block_end(code, at);
    const size_t next = std::min(code.find_first_not_of(" \n", end), code.size() - 1);
    at = end - 1;
    if (kind == Block::initializer || code[next] == ',' || code[next] == '{') continue;  // `Foo() : a_{1} {…}`
    out.push_back({head.substr(0, head.find('\n')), line_at(head_begin), line_at(end - 1) - line_at(head_begin) + 1});
    head_begin = end;
  }
  return out;
}

template <class T>
T at_share(std::vector<T> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(static_cast<double>(values.size() - 1) * share)];
}

bool is_product_code(const SourceFile& file) { return is_code(file.path) && !file.path.starts_with("tests/"); }

TEST(FunctionLength, no_function_is_longer_than_70_lines) {
  for (const SourceFile& file : source_tree()) {
    if (!is_code(file.path)) continue;
    for (const Function& function : functions_of(file.text)) {
      EXPECT_LE(function.lines, 70) << file.path << ":" << function.first_line << " " << function.name;
    }
  }
}

TEST(FunctionLength, nine_of_ten_functions_have_at_most_30_lines) {
  std::vector<int> lengths;
  for (const SourceFile& file : source_tree()) {
    if (!is_product_code(file)) continue;
    for (const Function& function : functions_of(file.text)) lengths.push_back(function.lines);
  }
  ASSERT_GT(lengths.size(), 100u);  // or the scanner went blind
  EXPECT_LE(at_share(lengths, 0.9), 30);
}

TEST(FunctionLength, half_of_all_files_have_at_most_160_lines) {
  std::vector<size_t> lengths;
  for (const SourceFile& file : source_tree()) {
    if (is_product_code(file)) lengths.push_back(lines_of(file.text).size());
  }
  EXPECT_LE(at_share(lengths, 0.5), 160u);
}

// "name@line+lines" of every function found.
std::string scanned(std::string_view code) {
  std::string out;
  for (const Function& f : functions_of(code)) {
    out += (out.empty() ? "" : " ") + f.name.substr(0, f.name.find('(')) + "@" + std::to_string(f.first_line) + "+" +
           std::to_string(f.lines);
  }
  return out;
}

TEST(FunctionScanner, finds_functions_and_nothing_else) {
  struct Row {
    const char* code;
    const char* found;
  };
  constexpr Row k_rows[] = {
      {"int f() {\n  return 1;\n}\n", "int f@1+3"},
      {"int f(int a,\n      int b) {\n  if (a) {\n  }\n}\nvoid g() {}\n", "int f@1+5 void g@6+1"},
      {"namespace a {\nstruct B {\n  int x{1};\n  B() : x{2}, y(3) {}\n  int y = 4;\n};\n}\n", "B@4+1"},
      {"class A {\n public:\n  bool ok() const { return true; }\n private:\n  void f();\n};\n", "bool ok@3+1"},
      {"const int k_table[] = {\n  {1},\n  {2},\n};\nstd::vector<int> k_v{1, 2};\n", ""},
      {"enum class E { a, b };\nint f() { return 0; }\n", "int f@2+1"},
      {"// f() {\n/* g() { */\nconst char* s = \"h() {\";\nchar c = '{';\nint f() {\n}\n", "int f@5+2"},
      {"auto s = R\"x(f() {\n)\" { )x\";\nint f() { return 1'000'000; }\n", "int f@3+1"},
      {"#define F(x) \\\n  f(x) {\nint f() {\n}\n", "int f@3+2"},
      {"template <class T>\nbool put(T&& value) {\n  auto f = [&](int x) { return x; };\n  return f(1);\n}\n",
       "template <class T>@1+5"},
      {"bool operator==(const A& a, const A& b) {\n  return true;\n}\n", "bool operator==@1+3"},
      {"TEST(A, b) {\n}\n", "TEST@1+2"},
  };
  for (const auto& [code, found] : k_rows) EXPECT_EQ(scanned(code), found) << code;
}

}  // namespace
}  // namespace sparkgate
