#pragma once

#include <QString>
#include <QStringView>

#include <cstdint>
#include <functional>
#include <vector>

namespace prism::rules {

/// The text with each character in its simple case folding, which keeps every character's place.
QString foldCase(QStringView text);

/// Finds many words in a text at once, in one pass over it (Aho and Corasick, "Efficient string matching: an
/// aid to bibliographic search", 1975). Immutable after compile(), and then usable from any thread.
class KeywordAutomaton
{
public:
    using Word = std::uint32_t;

    KeywordAutomaton();

    /// Adds a word that is not empty; the same word again gets the same number. Numbers count from 0.
    Word add(QStringView word);

    void compile();

    /// Calls `found` for every occurrence with the word and the place behind its last character. Stops, and
    /// returns false, when `found` does.
    bool search(QStringView text, const std::function<bool(Word word, qsizetype end)>& found) const;

    Word size() const { return m_size; }

private:
    using State = std::uint32_t;

    struct Edge
    {
        char16_t unit;
        State target;
    };

    struct Node
    {
        std::vector<Edge> edges; ///< sorted by unit once compiled
        State fallback = 0;      ///< the longest proper suffix that is a beginning of some word
        State output = 0;        ///< the nearest suffix that is a word itself; 0 for none
        Word word = none;
    };

    static constexpr Word none = ~Word(0);

    State child(State state, char16_t unit) const;
    State step(State state, char16_t unit) const;

    std::vector<Node> m_nodes;
    std::vector<State> m_first; ///< from the root, by unit: where most of a text is read
    Word m_size = 0;
};

} // namespace prism::rules
