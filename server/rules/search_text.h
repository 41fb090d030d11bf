#pragma once

#include <QString>

#include <vector>

namespace prism::rules {

/// A text as rules are looked for in it, whichever way its characters are composed. Knows where each part
/// stands in the text it was made of. A value.
class SearchText
{
public:
    enum class Form {
        Folded,  ///< without regard to case, any white space, line breaks too, as one space, and without what
                 ///< is shown by nothing: for keywords
        Composed ///< otherwise as it is: for patterns
    };

    explicit SearchText(const QString& text, Form form = Form::Folded);

    const QString& text() const { return m_text; }

    /// Where in the text given that begins, or ends, what stands at this place, in UTF-16 units.
    qsizetype begin(qsizetype place) const { return m_isAsGiven ? place : m_spans[std::size_t(place)].begin; }
    qsizetype end(qsizetype place) const { return m_isAsGiven ? place + 1 : m_spans[std::size_t(place)].end; }

private:
    struct Span
    {
        qsizetype begin = 0;
        qsizetype end = 0;
    };

    void fold(const QString& text);
    void compose(const QString& text);
    void append(const QString& part, Span span);

    QString m_text;
    bool m_isAsGiven = false;  ///< and then there are no spans
    std::vector<Span> m_spans; ///< one for each unit of the text
};

} // namespace prism::rules
