#pragma once

#include <QMetaObject>
#include <QPointer>

class QNetworkReply;

namespace prism::net {

/// A request under way, held by whoever waits for its answer: the answer does not arrive once the handle is
/// gone, cancelled, or holds a newer call. A read ends with that; a write is sent to its end all the same, as
/// half of it cannot be taken back. Lives on the thread of the Api it came from.
class Call
{
public:
    enum class Kind { Read, Write };

    /// Nothing is under way.
    Call() = default;
    Call(QNetworkReply* reply, const QMetaObject::Connection& answer, Kind kind);
    ~Call() { cancel(); }

    Call(Call&& other) noexcept;
    Call& operator=(Call&& other) noexcept;

    void cancel();

private:
    QPointer<QNetworkReply> m_reply;
    QMetaObject::Connection m_answer;
    Kind m_kind = Kind::Read;
};

} // namespace prism::net
