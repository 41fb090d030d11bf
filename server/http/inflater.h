#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

struct z_stream_s;

namespace prism::http {

/// Unpacks a gzip file (RFC 1952, also of several members) that comes in pieces. Belongs to one thread.
class Inflater
{
public:
    /// Unpacks no more than `most` bytes.
    explicit Inflater(qint64 most);
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    enum class Outcome { Good, Damaged, TooLarge };

    /// Adds to `out` what the next piece unpacks to.
    Outcome add(QByteArrayView piece, QByteArray& out);

    /// Whether the file is complete, for when there is no more of it.
    bool isComplete() const { return m_isComplete; }

private:
    Outcome unpackSome(QByteArray& out);

    const std::unique_ptr<z_stream_s> m_stream;
    qint64 m_left;
    bool m_isComplete = false;
};

} // namespace prism::http
