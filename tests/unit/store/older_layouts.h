#pragma once

#include "server/analytics/rollup_delta.h"
#include "server/analytics/sealed_bytes.h"
#include "server/analytics/stable_hash.h"

#include <QMap>

/// What older programs stored of buckets, before hits were counted.
namespace prism::test {

inline void writeWithoutHits(analytics::ByteWriter& writer, const analytics::Figures& figures)
{
    for (const qint64 count :
         {figures.checks, figures.passed, figures.checksWithViolations, figures.violations,
          figures.falsePositives, figures.bySeverity[0], figures.bySeverity[1], figures.bySeverity[2],
          figures.retros, figures.timedRetros})
        writer.signedNumber(count);
    writer.real(figures.retroDuration);
}

inline QByteArray figuresWithoutHits(const analytics::Figures& figures)
{
    analytics::ByteWriter writer;
    writeWithoutHits(writer, figures);
    seal(writer, 1);
    return writer.bytes();
}

inline void sealWith(analytics::ByteWriter& writer, const analytics::Figures& figures)
{
    analytics::ByteWriter bytes;
    writeWithoutHits(bytes, figures);
    seal(writer, analytics::stableHash(bytes.bytes()));
}

inline void writeParts(analytics::ByteWriter& writer, const analytics::Rollup& rollup)
{
    rollup.all().durations.write(writer);
    writeWithoutHits(writer, rollup.imported().figures);
    rollup.imported().durations.write(writer);
}

/// By principle, its name and count.
using OlderPrinciples = QMap<QString, std::pair<QString, qint64>>;

/// The first layout.
inline QByteArray contentWith(const analytics::Rollup& rollup, const OlderPrinciples& principles)
{
    analytics::ByteWriter writer;
    writer.number(1);
    writeParts(writer, rollup);
    writer.number(quint64(principles.size()));
    for (auto each = principles.cbegin(); each != principles.cend(); ++each) {
        writer.text(each.key());
        writer.text(each->first);
        writer.signedNumber(each->second);
    }
    rollup.users().write(writer);
    rollup.sessions().write(writer);
    sealWith(writer, rollup.all().figures);
    return writer.bytes();
}

/// The second layout.
inline QByteArray contentWithoutHits(const analytics::Rollup& rollup)
{
    analytics::ByteWriter writer;
    writer.number(2);
    writeParts(writer, rollup);
    rollup.users().write(writer);
    rollup.sessions().write(writer);
    sealWith(writer, rollup.all().figures);
    return writer.bytes();
}

inline QByteArray deltaWithoutHits(const analytics::RollupDelta& delta)
{
    analytics::ByteWriter writer;
    writer.number(1);
    writeWithoutHits(writer, delta.rollup.all().figures);
    writeParts(writer, delta.rollup);
    delta.rollup.users().write(writer);
    delta.rollup.sessions().write(writer);
    writeCounts(writer, delta.principles, 0);
    seal(writer, 1);
    return writer.bytes();
}

} // namespace prism::test
