#include "server/rules/judge.h"
#include "shared/protocol/json_text.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace prism;
using fuzz::require;

namespace {

constexpr int maxDepth = 32;
constexpr std::chrono::milliseconds longEnough{60'000};

rules::RuleLimits limits()
{
    constexpr int principles = 20;
    constexpr int regexLength = 60; // an expression that costs much to compile teaches little
    rules::RuleLimits limits;
    limits.principles = principles;
    limits.regexLength = regexLength;
    return limits;
}

void requirePlaces(const rules::Judgement& judgement, const QList<uint>& characters)
{
    constexpr qsizetype cut = 200;
    for (const rules::Match& match : judgement.matches) {
        require(match.start >= 0 && match.length >= 0, "a match has a place");
        require(match.start + match.length <= characters.size(), "a match is within the text");
        QString there;
        for (qsizetype i = 0; i < match.length; ++i) {
            const char32_t character = characters[match.start + i];
            there += QString::fromUcs4(&character, 1);
        }
        require(there == match.text || (there.size() > cut && there.startsWith(match.text)),
                "what stands at the place is what was found");
    }
}

void requireVerdict(const rules::Judgement& judgement)
{
    using protocol::CheckStatus;
    using protocol::Severity;
    const auto has = [&](Severity severity) {
        return std::any_of(judgement.violations.begin(), judgement.violations.end(),
                           [&](const protocol::Violation& each) { return each.severity == severity; });
    };
    const CheckStatus expected = has(Severity::Block)     ? CheckStatus::Blocked
                                 : has(Severity::Warning) ? CheckStatus::Warning
                                                          : CheckStatus::Pass;
    require(judgement.status == expected, "the verdict follows from the violations");
    require(judgement.violations.empty() == judgement.matches.empty(), "violations have matches");
    require(QJsonDocument::fromJson(encode(judgement)).isObject(), "a judgement is written as JSON");
}

} // namespace

/// The input is a text in its first line, and a rule file that it is judged by.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const QByteArray input = fuzz::toBytes(data, size);
    const qsizetype line = std::max<qsizetype>(input.indexOf('\n'), 0);
    QString text = QString::fromUtf8(input.left(line));
    text.remove(QChar(0));
    const auto file = protocol::parseObject(input.mid(line), maxDepth);
    if (!file)
        return 0;
    const auto set = rules::RuleSet::make(*file, limits());
    if (!set) {
        require(!set.error().details.isEmpty(), "a refusal says why");
        return 0;
    }
    const auto again = protocol::parseObject((*set)->document(), maxDepth);
    require(again && rules::RuleSet::make(*again, limits()), "what was accepted is accepted again");
    for (const auto level :
         {rules::CheckLevel::Strict, rules::CheckLevel::Standard, rules::CheckLevel::Relaxed}) {
        const auto judgement = rules::judge(**set, {text, {}, {}}, {level, longEnough});
        require(judgement.has_value(), "there is a verdict");
        requireVerdict(*judgement);
        requirePlaces(*judgement, text.toUcs4());
    }
    return 0;
}
