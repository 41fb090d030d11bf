#pragma once

#include <QString>

#include <vector>

namespace prism::rules {

/// A text as keywords are looked for in it: without regard to case and to how characters are composed, any
/// white space, line breaks too, as one space, and without what is shown by nothing. Knows where each part
/// stands in the text it was made of. A value.
class SearchText
{
public:
    explicit SearchText(const QString& text);

    const QString& text() const { return m_text; }

    /// Where in the text given that begins, or ends, what stands at this place, in UTF-16 units.
    qsizetype begin(qsizetype place) const { return m_spans[std::size_t(place)].begin; }
    qsizetype end(qsizetype place) const { return m_spans[std::size_t(place)].end; }

private:
    struct Span
    {
        qsizetype begin = 0;
        qsizetype end = 0;
    };

    void append(const QString& part, Span span);

    QString m_text;
    std::vector<Span> m_spans; ///< one for each unit of the text
};

} // namespace prism::rules
