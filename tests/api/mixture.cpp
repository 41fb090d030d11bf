#include "tests/api/mixture.h"

#include <QRandomGenerator>

namespace prism::test {

using namespace Qt::StringLiterals;

Mixture Mixture::make(int checks, int retros)
{
    QRandomGenerator random(4711);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QStringList statuses{u"PASS"_s, u"WARNING"_s, u"BLOCKED"_s};
    const QStringList severities{u"INFO"_s, u"WARNING"_s, u"BLOCK"_s};
    const auto someTime = [&] {
        // Half an hour away from this time of other days, so that the clock's progress decides nothing.
        const qint64 days = random.bounded(random.bounded(2) ? 7 : 70);
        return now.addSecs(-days * 86400 - 1800 - random.bounded(86400 - 3600)).toString(Qt::ISODateWithMs);
    };
    const auto pick = [&](QChar prefix, int count) {
        const int n = random.bounded(count + 1);
        return n == 0 ? QString() : prefix + QString::number(n);
    };
    Mixture mixture;
    for (int i = 0; i < checks; ++i) {
        QJsonArray violations;
        for (int k = random.bounded(4); k > 0; --k)
            violations.append(QJsonObject{{u"principleId"_s, u"=P%1"_s.arg(random.bounded(6))},
                                          {u"severity"_s, severities[random.bounded(3)]},
                                          {u"falsePositive"_s, random.bounded(4) == 0}});
        mixture.checks.append(QJsonObject{{u"status"_s, statuses[random.bounded(3)]},
                                          {u"duration"_s, random.bounded(100000) / 100.0},
                                          {u"timestamp"_s, someTime()},
                                          {u"user"_s, pick(u'u', 6)},
                                          {u"session"_s, pick(u's', 20)},
                                          {u"project"_s, pick(u'p', 3)},
                                          {u"violations"_s, violations}});
    }
    for (int i = 0; i < retros; ++i)
        mixture.retros.append(QJsonObject{{u"type"_s, u"quick"_s},
                                          {u"duration"_s, random.bounded(3) ? random.bounded(90000) : 0},
                                          {u"timestamp"_s, someTime()},
                                          {u"project"_s, pick(u'p', 3)},
                                          {u"user"_s, pick(u'u', 9)}});
    return mixture;
}

bool Mixture::post(RestClient& client) const
{
    QJsonArray list;
    for (const QJsonObject& check : checks)
        list.append(check);
    bool posted = client.post("/api/v1/gateway/checks?imported=true", QJsonValue(list)).status == 201;
    for (const QJsonObject& retro : retros)
        posted = client.post("/api/v1/retros", QJsonValue(retro)).status == 201 && posted;
    return posted;
}

QDateTime timeOf(const QJsonObject& entry)
{
    return QDateTime::fromString(entry["timestamp"_L1].toString(), Qt::ISODateWithMs);
}

} // namespace prism::test
