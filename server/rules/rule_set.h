#pragma once

#include "server/rules/keyword_automaton.h"
#include "server/rules/regex.h"
#include "shared/protocol/json_reader.h"

#include <QByteArray>
#include <QJsonObject>

#include <functional>
#include <memory>

namespace prism::rules {

/// The rules of one file, ready to be looked for in a text. Immutable, so that any number of threads judge by
/// one.
class RuleSet
{
public:
    /// See readRules() for the file; all that is wrong is named by field. May take long, in proportion to the
    /// steps that are allowed, and is broken off (Unavailable) once `isEnough` gives true.
    static protocol::Result<std::shared_ptr<const RuleSet>>
    make(const QJsonObject& file, const RuleLimits& limits, const std::function<bool()>& isEnough = {});

    /// Of a file that was taken once, whatever would be taken now: what nothing can be judged by is passed
    /// over, and the rest holds.
    static protocol::Result<std::shared_ptr<const RuleSet>>
    makeOfStored(const QJsonObject& file, const std::function<bool()>& isEnough = {});

    /// The most important principle first: by level, then priority, then place in the file.
    const std::vector<Principle>& principles() const { return m_principles; }

    /// The file as compact JSON.
    const QByteArray& document() const { return m_document; }

    /// What would be refused now, by field.
    const QStringList& objections() const { return m_objections; }

    /// One keyword or pattern of one principle.
    struct Place
    {
        int principle = 0;
        int index = 0; ///< among that principle's keywords, or patterns
    };

    /// What a word of words() stands for: a keyword of some principles, an atom of some patterns, or both.
    struct Meaning
    {
        std::vector<Place> keywords;
        int atom = -1;
        qsizetype length = 0; ///< of the word, in UTF-16 units
    };

    /// Keywords are to be looked for in a SearchText, atoms in what foldCase() makes of a text.
    const KeywordAutomaton& words() const { return m_words; }
    const std::vector<Meaning>& meanings() const { return m_meanings; }
    const RegexSet& regexes() const { return m_regexes; }
    const std::vector<Place>& patterns() const { return m_patterns; } ///< by number of the regex

    /// Of all regular expressions' programs together.
    int steps() const { return m_steps; }

private:
    enum class Objection { Refuses, IsNoted };

    explicit RuleSet(const QJsonObject& file);

    static protocol::Result<std::shared_ptr<const RuleSet>> compile(const QJsonObject& file,
                                                                    const RuleLimits& limits,
                                                                    Objection objection,
                                                                    const std::function<bool()>& isEnough);
    protocol::Result<void> addPatterns(const std::vector<Principle>& principles, const RuleLimits& limits,
                                       protocol::Problems& problems, const std::function<bool()>& isEnough);
    void sort(std::vector<Principle> principles);
    void addWords();
    Meaning& meaningOf(const QString& word);

    QByteArray m_document;
    QStringList m_objections;
    std::vector<Principle> m_principles;
    KeywordAutomaton m_words;
    std::vector<Meaning> m_meanings;
    RegexSet m_regexes;
    std::vector<Place> m_patterns;
    int m_steps = 0;
};

using RuleSetPtr = std::shared_ptr<const RuleSet>;

} // namespace prism::rules
