#pragma once

#include "server/http/request.h"

#include <chrono>

namespace prism::http {

/// What tells one state of a resource from another.
struct Validator
{
    QByteArray tag = {}; ///< an entity tag, quotes and all; empty when there is none
    std::optional<std::chrono::sys_seconds> modified = {};
};

/// What a request requires of the resource that it is about, for the one place that decides whether it is
/// carried out (RFC 9110, section 13). A value.
class Preconditions
{
public:
    explicit Preconditions(const Fields& fields);

    enum class Outcome {
        Hold,        ///< go on as if there were none
        NotModified, ///< the caller has it already: 304
        Failed       ///< 412
    };

    /// In the order of section 13.2.2. `current` is the resource as it is now, nothing when it is not there;
    /// `isRead` says that the request is a GET or a HEAD. Dates count where the resource has one.
    Outcome evaluate(const std::optional<Validator>& current, bool isRead) const;

    /// Whether If-Match names what the resource has to be, "*" apart.
    bool nameOne() const { return m_match && !m_match->any; }

private:
    /// The entity tags of If-Match or If-None-Match.
    struct Tags
    {
        bool any = false; ///< "*"
        QByteArrayList tags;
    };

    static std::optional<Tags> tagsOf(const Fields& fields, QByteArrayView name);

    std::optional<Tags> m_match;
    std::optional<Tags> m_noneMatch;
    std::optional<std::chrono::sys_seconds> m_modifiedSince;
    std::optional<std::chrono::sys_seconds> m_unmodifiedSince;
};

} // namespace prism::http
