# Writes OUT: a table of the files named in LIST (one path a line), as bytes, by their path below ROOT.
file(STRINGS ${LIST} files)
set(arrays "")
set(rows "")
set(n 0)
foreach(file IN LISTS files)
  file(RELATIVE_PATH name ${ROOT} ${file})
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(APPEND arrays "const unsigned char file_${n}[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", {reinterpret_cast<const char*>(file_${n}), sizeof file_${n} - 1}},\n")
  math(EXPR n "${n} + 1")
endforeach()
file(WRITE ${OUT} "// Made by engine/base/embed.cmake.
#include \"engine/base/embedded.h\"
namespace sparkgate {
namespace {
${arrays}}  // namespace
const std::map<std::string_view, std::string_view>& embedded_files() {
  static const std::map<std::string_view, std::string_view> files = {
${rows}  };
  return files;
}
}  // namespace sparkgate
")
