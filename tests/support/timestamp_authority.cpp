#include "tests/support/timestamp_authority.h"

#include <stdexcept>

#include "tests/support/command_line.h"
#include "tests/support/files.h"

namespace sparkgate::test {
namespace {

constexpr const char* k_config = R"(
[tsa]
default_tsa = authority
[authority]
serial = serial
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ca]
default_ca = issuer
[issuer]
certificate = ca.pem
private_key = ca.key
database = issued
new_certs_dir = .
serial = ca.serial
default_md = sha256
policy = subject
x509_extensions = signer
[subject]
commonName = supplied
[req]
distinguished_name = nobody
[nobody]
[signer]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
)";

constexpr const char* k_new_key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";

}  // namespace

TimestampAuthority::TimestampAuthority(const std::string& until) {
  write_file(folder_.path() / "config", k_config);
  write_file(folder_.path() / "serial", "0a1b\n");
  write_file(folder_.path() / "ca.serial", "02\n");
  write_file(folder_.path() / "issued", "");
  const std::string key(k_new_key);
  openssl("req -config config -x509 " + key +
          " -keyout ca.key -out ca.pem -subj /CN=CA -days 3650"
          " -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign");
  openssl("req -config config -new " + key + " -keyout signer.key -out signer.csr -subj /CN=TSA");
  openssl("ca -config config -batch -notext -in signer.csr -out signer.pem -startdate 20200101000000Z -enddate " +
          until);
}

bool TimestampAuthority::possible() { return has_program("openssl"); }

std::string TimestampAuthority::ca_pem() const { return content_of(folder_.path() / "ca.pem"); }

std::string TimestampAuthority::reply(std::string_view request) const {
  write_file(folder_.path() / "request", request);
  openssl("ts -reply -config config -queryfile request -out response");
  return content_of(folder_.path() / "response");
}

std::string TimestampAuthority::objection(std::string_view request, std::string_view response) const {
  write_file(folder_.path() / "request", request);
  write_file(folder_.path() / "response", response);
  const auto ran =
      run("cd '" + folder_.path().string() + "' && openssl ts -verify -queryfile request -in response -CAfile ca.pem");
  return ran.status == 0 ? "" : ran.output;
}

std::string TimestampAuthority::objection_about(std::string_view data, std::string_view response) const {
  write_file(folder_.path() / "data", data);
  write_file(folder_.path() / "response", response);
  const auto ran =
      run("cd '" + folder_.path().string() + "' && openssl ts -verify -data data -in response -CAfile ca.pem");
  return ran.status == 0 ? "" : ran.output;
}

std::string TimestampAuthority::openssl(const std::string& arguments) const {
  const auto ran = run("cd '" + folder_.path().string() + "' && openssl " + arguments);
  if (ran.status != 0) throw std::runtime_error("openssl " + arguments + ": " + ran.output);
  return ran.output;
}

}  // namespace sparkgate::test
