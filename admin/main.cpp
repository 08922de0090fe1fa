#include <CLI/CLI.hpp>
#include <iostream>

#include "admin/check.h"

int main(int argc, char** argv) {
  CLI::App app("sparkgate");
  app.require_subcommand(1);
  std::string folder, pack = "cn-gb30871-2022";
  CLI::App* check = app.add_subcommand("check", "检查一份台账 / Judge a ledger's applications");
  check->add_option("DIR", folder, "台账文件夹 / Folder of the ledger")->required();
  check->add_option("--pack", pack, "规则包 / Rule pack")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : 64;
  }
  return sparkgate::admin::check(folder, pack, std::cout, std::cerr);
}
