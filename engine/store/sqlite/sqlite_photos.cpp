#include "engine/store/sqlite/sqlite_photos.h"

#include <bit>

namespace sparkgate::sqlite {
namespace {

// sha256, bytes, width, height, taken_at, longitude, latitude, look
StoredPhoto read_photo(Run& row) {
  StoredPhoto out;
  out.sha256 = row.text();
  out.bytes = row.number();
  out.width = static_cast<int>(row.number());
  out.height = static_cast<int>(row.number());
  out.taken_at = row.text();
  out.longitude = row.text();
  out.latitude = row.text();
  out.look = static_cast<uint64_t>(row.number());
  return out;
}

}  // namespace

std::optional<StoredPhoto> photo(Connection& db, std::string_view sha256) {
  Run row = db.run(
      "SELECT sha256, bytes, width, height, taken_at, longitude, latitude, look FROM photos WHERE sha256 = ?");
  if (!row.bind(sha256).step()) return std::nullopt;
  return read_photo(row);
}

bool has_sent_photo(Connection& db, std::string_view account, std::string_view sha256) {
  Run row = db.run("SELECT 1 FROM photo_senders WHERE sha256 = ? AND account = ?");
  return row.bind(sha256).bind(account).step();
}

int64_t count_photos_sent(Connection& db, std::string_view account, Time since) {
  Run row = db.run("SELECT count(*) FROM photo_senders WHERE account = ? AND at >= ?");
  row.bind(account).bind(since).step();
  return row.number();
}

std::vector<std::string> photos_like(Connection& db, const StoredPhoto& photo, size_t limit) {
  std::vector<std::string> out;
  Run row = db.run(
      "SELECT sha256, look FROM photos WHERE id IN ("
      "SELECT id FROM photos WHERE look & 2097151 = ?1 & 2097151 UNION "
      "SELECT id FROM photos WHERE (look >> 21) & 2097151 = (?1 >> 21) & 2097151 UNION "
      "SELECT id FROM photos WHERE (look >> 42) & 4194303 = (?1 >> 42) & 4194303) AND sha256 <> ?2 ORDER BY id");
  row.bind(static_cast<int64_t>(photo.look)).bind(photo.sha256);
  while (out.size() < limit && row.step()) {
    std::string sha256 = row.text();
    if (std::popcount(static_cast<uint64_t>(row.number()) ^ photo.look) <= k_alike_bits) {
      out.push_back(std::move(sha256));
    }
  }
  return out;
}

std::vector<std::string> unused_photos(Connection& db, Time since, int limit) {
  std::vector<std::string> out;
  Run row = db.run(
      "SELECT sha256 FROM photos p WHERE NOT EXISTS (SELECT 1 FROM links WHERE kind = 'photo' AND ref = p.sha256) "
      "AND NOT EXISTS (SELECT 1 FROM photo_senders s WHERE s.sha256 = p.sha256 AND s.at >= ?) ORDER BY id LIMIT ?");
  for (row.bind(since).bind(limit); row.step();) out.push_back(row.text());
  return out;
}

void put_photo(Connection& db, const StoredPhoto& photo, std::string_view account, Time at) {
  Run row = db.run(
      "INSERT OR IGNORE INTO photos (sha256, bytes, width, height, taken_at, longitude, latitude, look) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(photo.sha256).bind(photo.bytes).bind(photo.width).bind(photo.height).bind(photo.taken_at);
  row.bind(photo.longitude).bind(photo.latitude).bind(static_cast<int64_t>(photo.look)).done();
  Run sender = db.run(
      "INSERT INTO photo_senders (sha256, account, at) VALUES (?, ?, ?) "
      "ON CONFLICT (sha256, account) DO UPDATE SET at = excluded.at");
  sender.bind(photo.sha256).bind(account).bind(at).done();
}

bool remove_unused_photo(Connection& db, std::string_view sha256, Time since) {
  {
    Run row = db.run(
        "SELECT 1 FROM photos p WHERE sha256 = ? "
        "AND NOT EXISTS (SELECT 1 FROM links WHERE kind = 'photo' AND ref = p.sha256) "
        "AND NOT EXISTS (SELECT 1 FROM photo_senders s WHERE s.sha256 = p.sha256 AND s.at >= ?)");
    if (!row.bind(sha256).bind(since).step()) return false;
  }
  db.run("DELETE FROM photo_senders WHERE sha256 = ?").bind(sha256).done();
  db.run("DELETE FROM photos WHERE sha256 = ?").bind(sha256).done();
  return true;
}

void each_photo(Connection& db, const std::function<void(const StoredPhoto&)>& visit) {
  Run row = db.run(
      "SELECT sha256, bytes, width, height, taken_at, longitude, latitude, look FROM photos ORDER BY id");
  while (row.step()) visit(read_photo(row));
}

}  // namespace sparkgate::sqlite
