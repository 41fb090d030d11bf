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

std::optional<QString> problemOfRegex(const QString& regex)
{
    const re2::RE2 compiled(regex.toStdString(), options());
    if (!compiled.ok())
        return QStringLiteral("is no regular expression in RE2's syntax: %1")
            .arg(QString::fromStdString(compiled.error()));
    if (re2::RE2::PartialMatch(std::string(), compiled))
        return QStringLiteral("matches the empty text, and so every intent");
    return std::nullopt;
}

RegexSet::RegexSet()
    : m_filter(std::make_unique<re2::FilteredRE2>(shortestAtom))
{
}

RegexSet::~RegexSet() = default;

int RegexSet::add(const QString& regex)
{
    int id = -1;
    m_filter->Add(regex.toStdString(), options(), &id);
    ++m_size;
    return id;
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
