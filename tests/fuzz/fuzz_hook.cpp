#include "server/hooks/delivery_reader.h"
#include "server/hooks/github.h"
#include "server/hooks/proof.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonDocument>

#include <array>

using namespace prism;
using fuzz::require;
using hooks::Provider;

namespace {

struct Kind
{
    Provider provider;
    const char* event;
};

/// The first letter says what the rest is, from a on.
constexpr std::array<Kind, 5> kinds{{{Provider::Github, "check_run"},
                                     {Provider::Github, "workflow_run"},
                                     {Provider::Github, "ping"},
                                     {Provider::Gitlab, ""},
                                     {Provider::Sonarqube, ""}}};

/// As anybody may send it.
void requireCheck(const hooks::Run& run, Provider provider)
{
    const protocol::Check& check = run.check;
    require(!run.key.isEmpty(), "the run can be known again");
    require(!check.gate.isEmpty(), "the gate has a name");
    require(provider != Provider::Github || !check.branch.isEmpty(),
            "what is of no branch is not taken for the main one");
    const QJsonObject json = QJsonDocument::fromJson(encode(check)).object();
    require(protocol::checkFromJson(json, protocol::now(), protocol::Timestamp::max()).has_value(),
            "a check of it is accepted");
    for (const QString& text : {check.gate, check.project, check.branch, check.user, check.url, run.key})
        require(fuzz::isStorable(text), "what was read can be stored");
}

} // namespace

/// The input is a letter for the provider and event, and a body.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const Kind& kind = kinds[std::size_t(data[0]) % kinds.size()];
    const QByteArray body = fuzz::toBytes(data + 1, size - 1);
    constexpr int maxDepth = 32;
    const hooks::Delivery delivery{kind.event, body};
    const auto told = hooks::readDelivery(kind.provider, delivery, maxDepth);
    require(told == hooks::readDelivery(kind.provider, delivery, maxDepth), "the same is read again");
    require(!hooks::isProven(
                kind.provider, "secret", body, [&body](QByteArrayView) { return body; }, protocol::now()) ||
                body == "secret",
            "nobody guesses the secret");
    (void)hooks::withoutForm(body);
    if (!told) {
        require(!told.error().details.isEmpty(), "a refusal says why");
        return 0;
    }
    if (const auto* ignored = std::get_if<hooks::Ignored>(&*told))
        require(!ignored->reason.isEmpty(), "it is said why nothing is made of it");
    else
        requireCheck(std::get<hooks::Run>(*told), kind.provider);
    return 0;
}
