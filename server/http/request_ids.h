#pragma once

#include <QRandomGenerator>
#include <QString>

namespace prism::http {

/// Names the requests that bring no id of their own: a random word, and a number that rises. Belongs to one
/// thread.
class RequestIds
{
public:
    RequestIds()
        : m_word(QString::number(QRandomGenerator::system()->generate64(), 16))
    {
    }

    QString next() { return m_word + QLatin1Char('-') + QString::number(++m_last, 16); }

private:
    const QString m_word;
    quint64 m_last = 0;
};

} // namespace prism::http
