#pragma once

#include "server/rules/principle.h"

namespace re2 {
class RE2;
class FilteredRE2;
} // namespace re2

#include <memory>
#include <string>

namespace prism::rules {

/// Many regular expressions, of which only those are tried on a text whose fixed parts ("atoms") are in it.
/// Each takes time linear in the text. Immutable after compile(), and then usable from any thread.
class RegexSet
{
public:
    RegexSet();
    ~RegexSet();
    RegexSet(const RegexSet&) = delete;
    RegexSet& operator=(const RegexSet&) = delete;

    /// What became of adding one.
    struct Added
    {
        int steps = 0;                  ///< of its program, or that were tried
        std::optional<QString> problem; ///< why it should not be used
        bool isNumbered = true;         ///< it can be
    };

    /// Adds one; those that can be used are numbered from 0. One that matches the empty text, and with it
    /// every intent, should not, nor one whose program has more steps than these: it takes a text that many
    /// times as long, at the worst, as to read it.
    Added add(const QString& regex, int mostSteps);

    /// The atoms to look for in a text, in lower case, numbered from 0.
    QStringList compile();

    /// Which expressions may match a text that has these atoms, in ascending order.
    std::vector<int> candidates(const std::vector<int>& atoms) const;

    /// A part of a UTF-8 text, in bytes.
    struct Span
    {
        std::size_t start = 0;
        std::size_t length = 0;
    };

    /// Where an expression matches first, leftmost.
    std::optional<Span> find(int regex, const std::string& text) const;

private:
    const std::unique_ptr<re2::FilteredRE2> m_filter;
    int m_size = 0;
};

} // namespace prism::rules
