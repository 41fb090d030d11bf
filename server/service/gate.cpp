#include "server/service/gate.h"

#include "server/rules/judge.h"

namespace prism::service {

using protocol::Result;

namespace {

double millisecondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace

Result<GateVerdict> Gate::judge(const rules::Edition& edition, const GateQuestion& question,
                                const rules::Policy& policy)
{
    if (!edition.rules)
        return protocol::Failure(protocol::Error{
            protocol::ErrorCode::Unavailable,
            QStringLiteral("The rules of version %1 are still being compiled. Try again later.")
                .arg(edition.version)});
    const auto begin = std::chrono::steady_clock::now();
    PRISM_TRY_ASSIGN(rules::Judgement judgement, rules::judge(*edition.rules, question.intent, policy));
    judgement.version = edition.version;

    protocol::Check check = question.context;
    check.timestamp = protocol::now();
    check.status = judgement.status;
    check.duration = millisecondsSince(begin);
    check.violations = {judgement.violations.begin(), judgement.violations.end()};
    GateVerdict verdict{{{Checks::New::of(std::move(check))}}, encode(judgement)};
    Checks::stage(verdict.check);
    return verdict;
}

Result<KeptVerdict> Gate::keep(store::Transaction& transaction, const Actor& actor,
                               const GateVerdict& verdict)
{
    PRISM_TRY_ASSIGN(const StoredEntry& stored, Checks::add(transaction, actor, verdict.check));
    return KeptVerdict{stored.json, verdict.judgement};
}

} // namespace prism::service
