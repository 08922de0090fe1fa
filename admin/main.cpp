#include <CLI/CLI.hpp>
#include <iostream>

#include "admin/app.h"
#include "admin/backup_command.h"
#include "admin/check.h"
#include "admin/fsck.h"
#include "admin/import_command.h"
#include "admin/intake_command.h"
#include "admin/log_command.h"
#include "admin/process.h"
#include "admin/serve.h"
#include "admin/terminal.h"
#include "admin/user.h"
#include "admin/verify.h"
#include "admin/witness.h"

/// What jemalloc reads at the start: a thread keeps back only freed pieces of up to 1 KiB. Every connection has a
/// thread, and 600 threads that each keep the buffers of an upload hold more than all the rest of the service.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "tcache_max:1024";
}

namespace {

using namespace sparkgate::admin;

struct CommandLine {
  ServeOptions serve;
  UserOptions user;
  LogOptions log;
  IntakeOptions intake;
  VerifyOptions verify;
  FsckOptions fsck;
  WitnessOptions witness;
  std::string backup_data = "./data", backup_to, restore_from, restore_data = "./data";
  bool without_files = false, with_keys = false;
  std::string check_folder, check_pack = "cn-gb30871-2022";
  std::string import_path, import_data = "./data";
  int exit_code = 0;
};

void add_serve(CLI::App& app, CommandLine& line) {
  CLI::App* command = app.add_subcommand("serve", "启动服务 / Serve");
  command->add_option("--port", line.serve.port, "端口 / Port")->check(CLI::Range(0, 65535))->capture_default_str();
  command->add_option("--address", line.serve.address, "监听地址 / Address to listen on")->capture_default_str();
  command->add_option("--data", line.serve.data, "数据目录 / Data directory")->capture_default_str();
  command->add_option("--packs", line.serve.packs, "本地规则包目录 / Folder of local rule packs");
  command->add_option("--backups", line.serve.backups,
                      "备份目录，最好不在数据所在磁盘 / Folder that backups are made in, best on another disk");
  command
      ->add_option("--origin", line.serve.origin,
                   "日志名称，首次启动后不变 / Name of the log, kept from the first start")
      ->capture_default_str();
  command
      ->add_option("--commit-batch", line.serve.commit_batch,
                   "每个事务最多合并的操作数 / Commands a transaction, at most")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  command
      ->add_option("--enrollers", line.serve.enrollers,
                   "签名密钥须由几名管理员确认 / Administrators who must endorse a signing key")
      ->check(CLI::Range(1, 2))
      ->capture_default_str();
  command->add_option("--rp-id", line.serve.rp_id,
                      "通行密钥所属域名，不给出则不用通行密钥 / Domain of passkeys; without it there are none");
  command->add_option("--web-origin", line.serve.web_origins,
                      "使用通行密钥的网页来源，可多次 / Origin of pages that use passkeys, may be repeated");
  command->add_option("--clamd", line.serve.clamd,
                      "举报文件的查毒程序 clamd 的 Unix 套接字 / Unix socket of clamd, which scans files of reports");
  command->add_flag("!--no-demo", line.serve.demo, "空数据目录不载入演示数据 / No demonstration data");
  command->add_option("--log-key", line.serve.log_keys,
                      "日志签名密钥文件或 pkcs11: URI，可多次，默认 数据目录/keys/log*.pem / "
                      "A key of the log, a file or pkcs11: URI, may be repeated");
  command->add_option("--high-water", line.serve.high_water,
                      "水位文件，最好不在数据目录所在磁盘 / File of the high-water mark, best on another disk");
  command->add_option("--demo-password", line.serve.demo_password,
                      "演示账号的密码 / Password of the demonstration accounts");
  add_anchor_options(*command, line.serve.anchors);
  command->callback([&line] { line.exit_code = sparkgate::admin::serve(line.serve, std::cout, std::cerr); });
}

void add_witness(CLI::App& app, CommandLine& line) {
  CLI::App* command = app.add_subcommand("witness", "见证他人的日志 / Witness the logs of others");
  command->add_option("--port", line.witness.port, "端口 / Port")->check(CLI::Range(0, 65535))->capture_default_str();
  command->add_option("--address", line.witness.address, "监听地址 / Address to listen on")->capture_default_str();
  command->add_option("--data", line.witness.data, "见证记录目录 / Folder of what was cosigned")->capture_default_str();
  command
      ->add_option("--key", line.witness.key,
                   "密钥文件（首次启动时生成）或 pkcs11: URI / Key file, made at the first start, or pkcs11: URI")
      ->required();
  command->add_option("--name", line.witness.name, "见证方名称 / Name of this witness")->required();
  command->add_option("--log", line.witness.logs, "日志的验证公钥，可多次 / Verifier key of a log, may be repeated")
      ->required();
  command->callback([&line] { line.exit_code = sparkgate::admin::witness(line.witness, std::cout, std::cerr); });
}

void add_log(CLI::App& app, CommandLine& line) {
  CLI::App* log = app.add_subcommand("log", "日志（须先停止服务）/ The log (while the service is stopped)");
  log->require_subcommand(1);
  CLI::App* next = log->add_subcommand("continue", "以新名称接续日志 / Continue it under a new origin");
  CLI::App* add = log->add_subcommand("add-key", "添加签名密钥，与现有密钥并用 / A key signs beside the others");
  CLI::App* retire = log->add_subcommand("retire-key", "停用签名密钥 / A key signs no more");
  for (CLI::App* one : {next, add, retire}) {
    one->add_option("--data", line.log.data, "数据目录 / Data directory")->capture_default_str();
    one->add_option("--log-key", line.log.log_keys, "同 serve / As for serve");
    one->add_option("--high-water", line.log.high_water, "同 serve / As for serve");
  }
  next->add_option("--origin", line.log.origin, "新名称 / The new origin")->required();
  next->add_flag("--new-key", line.log.new_key, "生成新密钥，只用它签名 / With a key made now, and no other");
  add->add_option("--key", line.log.key, "密钥文件或 pkcs11: URI，默认生成 / A file or pkcs11: URI; made by default");
  add->add_flag("--sm2", line.log.sm2, "生成 SM2 密钥 / The key that is made is an SM2 key");
  retire->add_option("--key", line.log.key, "其验证公钥 / Its verifier key")->required();
  next->callback([&line] { line.exit_code = log_continue(line.log, std::cout, std::cerr); });
  add->callback([&line] { line.exit_code = log_add_key(line.log, std::cout, std::cerr); });
  retire->callback([&line] { line.exit_code = log_retire_key(line.log, std::cout, std::cerr); });
}

void add_intake(CLI::App& app, CommandLine& line) {
  CLI::App* intake =
      app.add_subcommand("intake", "举报受理（须先停止服务）/ Intake of public reports (while the service is stopped)");
  intake->require_subcommand(1);
  CLI::App* lead = intake->add_subcommand("lead", "生成受理负责人的密钥 / Make the intake lead's key");
  CLI::App* enrol = intake->add_subcommand(
      "enrol", "为受理人员登记密钥，口令取自标准输入 / Keys for an officer; the passphrase comes from input");
  CLI::App* roster = intake->add_subcommand("roster", "签发受理人员名册 / Sign a roster of officers");
  CLI::App* rotate = intake->add_subcommand(
      "rotate",
      "更换受理人员的密钥，现用口令取自标准输入 / Other keys for an officer; the passphrase in use comes from input");
  CLI::App* status = intake->add_subcommand("status", "名册与举报数量 / The roster, and how many reports there are");
  CLI::App* pepper = intake->add_subcommand("new-pepper",
                                            "更换丢失的 pepper，已发出的查询码作废 / Another pepper for one that is "
                                            "lost: receipt codes given out until now open nothing any more");
  status->add_flag("--pepper", line.intake.pepper, "显示 pepper，以便抄下 / Show the pepper, to be noted down");
  for (CLI::App* one : {lead, enrol, roster, rotate, status, pepper}) {
    one->add_option("--data", line.intake.data, "数据目录 / Data directory")->capture_default_str();
  }
  for (CLI::App* one : {lead, roster, rotate}) {
    one->add_option("--lead-key", line.intake.lead_key, "受理负责人的私钥文件 / File of the lead's secret key")
        ->required();
  }
  for (CLI::App* one : {enrol, rotate}) {
    one->add_option("--login", line.intake.login, "账号 / Login")->required();
  }
  roster->add_option("--login", line.intake.logins,
                     "列入名册的账号，可多次，默认全部 / Who is on it; by default everybody enrolled");
  roster->add_flag("--lose", line.intake.lose,
                   "即使有举报因此无人可读 / Even if some report can be read by nobody then");
  pepper->add_flag("--lose", line.intake.lose, "即使 pepper 并未丢失 / Even if the pepper is not lost");
  intake->parse_complete_callback([] { (void)keep_memory_private(); });  // passphrases and keys come through here
  lead->callback([&line] { line.exit_code = intake_lead(line.intake, std::cout, std::cerr); });
  enrol->callback([&line] { line.exit_code = intake_enrol(line.intake, std::cin, std::cout, std::cerr); });
  roster->callback([&line] { line.exit_code = intake_roster(line.intake, std::cout, std::cerr); });
  rotate->callback([&line] { line.exit_code = intake_rotate(line.intake, std::cin, std::cout, std::cerr); });
  status->callback([&line] { line.exit_code = intake_status(line.intake, std::cout, std::cerr); });
  pepper->callback([&line] { line.exit_code = intake_new_pepper(line.intake, std::cout, std::cerr); });
}

void add_fsck(CLI::App& app, CommandLine& line) {
  CLI::App* command =
      app.add_subcommand("fsck", "核对数据目录（须先停止服务）/ Check the data (while the service is stopped)");
  command->add_option("--data", line.fsck.data, "数据目录 / Data directory")->capture_default_str();
  command->add_option("--high-water", line.fsck.high_water, "同 serve / As for serve");
  command->add_option("--key", line.fsck.keys, "日志的验证密钥，可多次 / Verifier key of a log, may be repeated");
  command->add_flag("--json", line.fsck.json, "输出 JSON / Print JSON");
  command->callback([&line] { line.exit_code = sparkgate::admin::fsck(line.fsck, std::cout, std::cerr); });
}

void add_backups(CLI::App& app, CommandLine& line) {
  CLI::App* backup =
      app.add_subcommand("backup", "备份数据目录，服务可继续运行 / Back the data up, while the service runs or not");
  backup->add_option("--data", line.backup_data, "数据目录 / Data directory")->capture_default_str();
  backup->add_option("--to", line.backup_to, "新的或空的文件夹 / A new or empty folder")->required();
  backup->add_flag("--without-files", line.without_files, "不含照片 / Without photos");
  backup->add_flag("--with-keys", line.with_keys,
                   "含签名密钥：持有备份者即可冒名签名 / With the keys: whoever has the backup can sign");
  backup->callback([&line] {
    line.exit_code = backup_command({line.backup_data, line.backup_to, !line.without_files, line.with_keys}, std::cout,
                                    std::cerr);
  });
  CLI::App* restore = app.add_subcommand("restore", "由备份恢复 / Restore a backup");
  restore->add_option("--from", line.restore_from, "备份文件夹 / Folder of the backup")->required();
  restore->add_option("--data", line.restore_data, "新的或空的数据目录 / A new or empty data directory")
      ->capture_default_str();
  restore->callback([&line] {
    line.exit_code = restore_command(line.restore_from, line.restore_data, std::cout, std::cerr);
  });
}

void add_user(CLI::App& app, CommandLine& line) {
  CLI::App* user = app.add_subcommand("user", "账号（须先停止服务）/ Accounts (while the service is stopped)");
  user->require_subcommand(1);
  CLI::App* add = user->add_subcommand("add", "新建账号 / Make an account");
  CLI::App* password = user->add_subcommand("password", "重置密码 / Set a new password");
  for (CLI::App* one : {add, password}) {
    one->add_option("--data", line.user.data, "数据目录 / Data directory")->capture_default_str();
    one->add_option("--login", line.user.login, "账号 / Login")->required();
    one->add_flag("--password-stdin", line.user.password_from_input,
                  "从标准输入读取密码 / Read the password from input");
  }
  add->add_option("--name", line.user.name, "姓名 / Name")->required();
  add->add_option("--id-number", line.user.id_number, "身份证件号 / Identity number")->required();
  add->add_option("--role", line.user.roles, "角色，可多次 / Role, may be repeated")->required();
  add->add_option("--unit", line.user.unit, "单位代码 / Credit code of the unit");
  add->add_option("--area", line.user.area, "区域代码 / Area code");
  add->callback([&line] { line.exit_code = user_add(line.user, std::cin, std::cout, std::cerr); });
  password->callback([&line] { line.exit_code = user_password(line.user, std::cin, std::cout, std::cerr); });
}

void add_tables(CLI::App& app, CommandLine& line) {
  CLI::App* check = app.add_subcommand("check", "检查一份台账 / Judge a ledger's applications");
  check->add_option("DIR", line.check_folder, "台账文件夹 / Folder of the ledger")->required();
  check->add_option("--pack", line.check_pack, "规则包 / Rule pack")->capture_default_str();
  check->callback(
      [&line] { line.exit_code = sparkgate::admin::check(line.check_folder, line.check_pack, std::cout, std::cerr); });
  CLI::App* import =
      app.add_subcommand("import", "导入台账（须先停止服务）/ Import a ledger (while the service is stopped)");
  import->add_option("PATH", line.import_path, "文件夹或文件 / Folder or file")->required();
  import->add_option("--data", line.import_data, "数据目录 / Data directory")->capture_default_str();
  import->callback([&line] {
    line.exit_code = import_command(line.import_path, line.import_data, std::cout, std::cerr);
});
}  // namespace

void add_verify(CLI::App& app, CommandLine& line) {
  CLI::App* command = app.add_subcommand("verify", "离线核验证据包 / Judge an evidence bundle offline");
  VerifyOptions& options = line.verify;
  command->add_option("BUNDLE", options.bundle, "证据包文件 / The bundle's file")->required();
  command->add_option("--key", options.keys, "日志的验证密钥，可多次 / Verifier key of a log, may be repeated")
      ->required();
  command->add_option("--witness", options.witnesses,
                      "见证人的验证密钥，可多次 / Verifier key of a witness, may be repeated");
  command->add_option("--witnesses", options.witnesses_needed,
                      "至少须有的见证人数，默认全部 / Witnesses needed; all by default");
  command->add_option("--tsa-ca", options.authorities,
                      "时间戳机构的 CA 证书（PEM）/ CA certificates of a timestamp authority (PEM)");
  command->add_option("--enroller", options.enrollers,
                      "可登记他人密钥的密钥标识，可多次 / Key that may enrol others, may be repeated");
  command->add_option("--enrollers", options.enrollers_needed,
                      "每个密钥所须登记人数，默认两人 / Enrollers that each key needs; two by default");
  command->add_option("--rp-id", options.rp_id, "通行密钥的依赖方标识 / Relying party of passkeys");
  command->add_option("--web-origin", options.web_origins,
                      "使用通行密钥的网页来源，可多次 / Origin of pages that use passkeys, may be repeated");
  command->add_flag("--json", options.json, "输出 JSON / Print JSON");
  command->callback([&line] { line.exit_code = sparkgate::admin::verify(line.verify, std::cout, std::cerr); });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Sparkgate：动火作业证 / hot-work permits", "sparkgate");
  app.set_version_flag("--version", version());
  app.require_subcommand(1);
  CommandLine line;
  add_serve(app, line);
  add_witness(app, line);
  add_user(app, line);
  add_log(app, line);
  add_intake(app, line);
  add_fsck(app, line);
  add_backups(app, line);
  add_tables(app, line);
  add_verify(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : k_exit_usage;
  }
  return line.exit_code;
}
