// What the program as a whole does for its office, behind api/office.h.
#pragma once

#include "admin/backups.h"
#include "admin/stored_packs.h"

namespace sparkgate::admin {

class OfficeWork final : public api::Office {
 public:
  OfficeWork(rules::Packs& packs, Engine& engine, Backups& backups)
      : packs_(packs), engine_(engine), backups_(backups) {}

  Result<const rules::Pack*> take_pack(std::string_view json) override {
    return admin::take_pack(json, packs_, engine_);
  }
  Result<std::vector<api::LedgerCase>> read_ledger(std::string_view zip, const rules::Pack& pack) override;
  Result<Json> start_backup(const api::BackupWish& wish) override { return backups_.start(wish); }
  Json list_backups() override { return backups_.list(); }

 private:
  rules::Packs& packs_;
  Engine& engine_;
  Backups& backups_;
};

}  // namespace sparkgate::admin
