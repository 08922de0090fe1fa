#include "tests/support/timestamp_property.h"

#include "certs/timestamp.h"

namespace sparkgate::test {
namespace {

// Of a CA that lived for a day; the signer's certificate ended two minutes after its timestamp.
constexpr std::string_view k_ca = R"(-----BEGIN CERTIFICATE-----
MIIBXTCCAQSgAwIBAgIUNKViUCVWuXAr5ATyPsiIO9TUGDkwCgYIKoZIzj0EAwIw
DTELMAkGA1UEAwwCQ0EwHhcNMjYxMTI0MTU1MDIzWhcNMjYxMTI1MTU1MDIzWjAN
MQswCQYDVQQDDAJDQTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJBBrRn1JjSX
bwBvrgd9WwoE7hSwxDh7CyynehS4eZ3HLifF2N/gQ7BKsXeKVNLtRByRJ2X1QowZ
5RTHLpTsxBijQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMB0G
A1UdDgQWBBT1hcmH8j0/aJ88Z8LFVENr2u3aqzAKBggqhkjOPQQDAgNHADBEAiAu
J8uVAfRAIg9yiOKTzUV87pIgWly1n1fHSO+aGpcJ+gIgPbP7L2BN3VENN5HyWljI
IIWefM4kqz6gbgiIQXWUMkM=
-----END CERTIFICATE-----
)";

// The worked example of the log's format.
constexpr std::string_view k_data =
    "permits.example.org/log/2026\n300\nhOE+weA3FVrmGXV1mbLNIa2lpWXg/ZsxOcDDxsG4rak=\n\n"
    "— permits.example.org/log/2026 "
    "fE1EjXxe9+2qmzkM+IfNtKNqNEJQr6cmwOtWOvTaXfwVlZM6uUou71wlat1ClwnPPUZod7atzuHQUO+F7UOn35Xnjwk=\n";

}  // namespace

std::string told_by_timestamp(std::string_view bytes) {
  const auto stamp = verify_timestamp(bytes, k_data, k_ca);
  return stamp ? format_time(stamp->at) + " " + stamp->policy + " " + stamp->serial : "";
}

std::string broken_timestamp_promise(std::string_view bytes) {
  const std::string told = told_by_timestamp(bytes);
  if (!told.empty() && told != "2026-11-24T15:50:24Z 1.3.6.1.4.1.99999.1 0a1c") return "one timestamp alone is signed";
  if (verify_timestamp(bytes, k_data, k_ca, bytes)) return "a request is no answer";
  return "";
}

}  // namespace sparkgate::test
