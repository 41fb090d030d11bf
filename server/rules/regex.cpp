#include "server/rules/regex.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

namespace prism::rules {

namespace {

/// Atoms shorter than this, in bytes of UTF-8, are in too many texts to tell anything.
constexpr int shortestAtom = 3;

/// Of one expression and what it remembers of texts. There may be thousands.
constexpr qint64 mostBytes = 256LL * 1024;

template <typename Text, typename Piece>
Piece pieceOf(bool (re2::RE2::*)(Text, size_t, size_t, re2::RE2::Anchor, Piece*, int) const);

/// RE2's view of a text: a class of its own in older versions, std::string_view in newer ones.
using Piece = decltype(pieceOf(&re2::RE2::Match));

re2::RE2::Options options()
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(mostBytes);
    return options;
}

} // namespace

namespace {

/// RE2 gives up where a program takes two thirds of its memory, of 16 bytes a step.
constexpr int largestSteps = int(mostBytes * 2 / 3 / 16);

RegexSet::Added tooLarge(int steps, int mostSteps)
{
    const bool isKnown = steps < largestSteps;
    return {steps,
            QStringLiteral("is too large: it has %1 steps once it is compiled, at most %2 are allowed")
                .arg(isKnown ? QString::number(steps) : QStringLiteral("%1 or more").arg(largestSteps))
                .arg(mostSteps),
            isKnown};
}

/// Of an expression that was not added.
RegexSet::Added problemOf(const std::string& regex, re2::RE2::ErrorCode code, int mostSteps)
{
    if (code == re2::RE2::ErrorPatternTooLarge)
        return tooLarge(largestSteps, mostSteps);
    const re2::RE2 compiled(regex, options());
    return {0,
            QStringLiteral("is no regular expression in RE2's syntax: %1")
                .arg(QString::fromStdString(compiled.error())),
            false};
}

} // namespace

RegexSet::RegexSet()
    : m_filter(std::make_unique<re2::FilteredRE2>(shortestAtom))
{
}

RegexSet::~RegexSet() = default;

RegexSet::Added RegexSet::add(const QString& regex, int mostSteps)
{
    int id = -1;
    const std::string text = regex.toStdString();
    const re2::RE2::ErrorCode code = m_filter->Add(text, options(), &id);
    if (code != re2::RE2::NoError)
        return problemOf(text, code, mostSteps);
    ++m_size;
    const re2::RE2& compiled = m_filter->GetRE2(id);
    const int steps = compiled.ProgramSize();
    if (steps > mostSteps)
        return tooLarge(steps, mostSteps);
    if (re2::RE2::PartialMatch(std::string(), compiled))
        return {steps, QStringLiteral("matches the empty text, and so every intent"), true};
    return {steps, std::nullopt, true};
}

QStringList RegexSet::compile()
{
    std::vector<std::string> atoms;
    if (m_size > 0)
        m_filter->Compile(&atoms);
    QStringList texts;
    for (const std::string& atom : atoms)
        texts.append(QString::fromStdString(atom));
    return texts;
}

std::vector<int> RegexSet::candidates(const std::vector<int>& atoms) const
{
    std::vector<int> found;
    if (m_size > 0)
        m_filter->AllPotentials(atoms, &found);
    return found;
}

std::optional<RegexSet::Span> RegexSet::find(int regex, const std::string& text) const
{
    Piece match;
    if (!m_filter->GetRE2(regex).Match(text, 0, text.size(), re2::RE2::UNANCHORED, &match, 1))
        return std::nullopt;
    return Span{std::size_t(match.data() - text.data()), match.size()};
}

} // namespace prism::rules
