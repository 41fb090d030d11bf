#pragma once

#include <QObject>

namespace prism::http {

/// Tells the workers that answers which were given on another thread are to be sent, all at once: a worker
/// that is woken for each of them takes that thread's place as often. Belongs to no thread; rung on the one
/// that gives the answers.
class AnswerBell : public QObject
{
    Q_OBJECT

public:
    void ring() { emit rung(); }

signals:
    /// On the thread that rings.
    void rung();
};

} // namespace prism::http
