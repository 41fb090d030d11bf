<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>prism::net::ApiClient</name>
    <message>
        <source>The server did not answer in time.</source>
        <translation>服务器没有及时响应。</translation>
    </message>
    <message>
        <source>The server answered more than this dashboard takes in.</source>
        <translation>服务器的响应超出了本仪表板能接收的大小。</translation>
    </message>
    <message>
        <source>The server at %1 cannot be reached (%2).</source>
        <translation>无法连接到服务器 %1（%2）。</translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityPanel</name>
    <message>
        <source>Activity</source>
        <translation>动态</translation>
    </message>
    <message>
        <source>All types</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Retrospectives</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Show activity of type</source>
        <translation>显示的动态类型</translation>
    </message>
    <message>
        <source>Limits the table to one type of event</source>
        <translation>表格只显示一种类型的事件</translation>
    </message>
    <message>
        <source>Filter (Ctrl+F)</source>
        <translation>筛选 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Filter activity by text</source>
        <translation>按文字筛选动态</translation>
    </message>
    <message>
        <source>Limits the table to rows that contain the text</source>
        <translation>表格只显示包含该文字的行</translation>
    </message>
    <message>
        <source>Events, newest first</source>
        <translation>事件，最新的在最前</translation>
    </message>
    <message>
        <source>Retrospective</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Record created</source>
        <translation>新建记录</translation>
    </message>
    <message>
        <source>They came faster than a screen can show them one by one.</source>
        <translation>事件到达太快，屏幕无法逐个显示。</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>没有符合筛选条件的内容。</translation>
    </message>
    <message>
        <source>Copy selected rows</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>No events yet.</source>
        <translation>还没有事件。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln event(s) folded</source>
        <translation>
            <numerusform>%Ln 个事件合并显示</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityTexts</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>PASS</source>
        <comment>status of a check</comment>
        <translation>通过</translation>
    </message>
    <message>
        <source>WARNING</source>
        <comment>status of a check</comment>
        <translation>警告</translation>
    </message>
    <message>
        <source>BLOCKED</source>
        <comment>status of a check</comment>
        <translation>已拦截</translation>
    </message>
    <message>
        <source>INFO</source>
        <comment>status of what is not a check</comment>
        <translation>信息</translation>
    </message>
    <message>
        <source>Record created</source>
        <translation>新建记录</translation>
    </message>
    <message>
        <source>Record changed</source>
        <translation>修改记录</translation>
    </message>
    <message>
        <source>Record deleted</source>
        <translation>删除记录</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Retrospective</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>no violations</source>
        <translation>无违规</translation>
    </message>
    <message numerus="yes">
        <source>%Ln violation(s)</source>
        <translation>
            <numerusform>%Ln 项违规</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertDelegate</name>
    <message>
        <source>HIGH</source>
        <comment>severity of an alert</comment>
        <translation>高</translation>
    </message>
    <message>
        <source>MEDIUM</source>
        <comment>severity of an alert</comment>
        <translation>中</translation>
    </message>
    <message>
        <source>LOW</source>
        <comment>severity of an alert</comment>
        <translation>低</translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertsPanel</name>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation>没有告警</translation>
    </message>
    <message>
        <source>What the server raises appears here at once.</source>
        <translation>服务器发出的告警会立即显示在这里。</translation>
    </message>
    <message>
        <source>Alerts, newest first</source>
        <translation>告警，最新的在最前</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation>
            <numerusform>%Ln 条告警</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::ChartMenu</name>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>另存为 PNG…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>另存为 SVG…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>显示为表格</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
</context>
<context>
    <name>prism::ui::ChartTableDialog</name>
    <message>
        <source>The numbers of the chart</source>
        <translation>图表中的数值</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the selected rows, or all of them</source>
        <translation>复制所选行；未选择时复制全部</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Closes the table</source>
        <translation>关闭表格</translation>
    </message>
</context>
<context>
    <name>prism::ui::CheckTimePanel</name>
    <message>
        <source>Check time (ms)</source>
        <translation>检查耗时（毫秒）</translation>
    </message>
    <message>
        <source>&lt; %1</source>
        <comment>milliseconds</comment>
        <translation>&lt; %1</translation>
    </message>
    <message>
        <source>≥ %1</source>
        <comment>milliseconds</comment>
        <translation>≥ %1</translation>
    </message>
</context>
<context>
    <name>prism::ui::ConnectionBadge</name>
    <message>
        <source>connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>polling</source>
        <translation>轮询</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>live, %1 behind</source>
        <translation>实时，延迟 %1</translation>
    </message>
    <message>
        <source>polling: the server refuses to push to this dashboard</source>
        <translation>轮询：服务器拒绝向本仪表板推送</translation>
    </message>
    <message>
        <source>polling, %1 old</source>
        <translation>轮询，%1前的数据</translation>
    </message>
    <message>
        <source>offline since %1, retrying…</source>
        <translation>%1 起离线，正在重试…</translation>
    </message>
    <message>
        <source>offline since %1, retrying in %2</source>
        <translation>%1 起离线，%2后重试</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Tries to reach the server at once</source>
        <translation>立即尝试连接服务器</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
</context>
<context>
    <name>prism::ui::Format</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>HH:mm</source>
        <comment>a time of day, as QLocale::toString reads it</comment>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>HH:mm:ss</source>
        <comment>a time of today, as QLocale::toString reads it</comment>
        <translation>HH:mm:ss</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>date and time, as QLocale::toString reads it</comment>
        <translation>M月d日 HH:mm</translation>
    </message>
</context>
<context>
    <name>prism::ui::HeaderBar</name>
    <message>
        <source>Refresh (F5)</source>
        <translation>刷新 (F5)</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Fetches everything that is shown anew</source>
        <translation>重新获取显示的全部内容</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language of this window</source>
        <translation>本窗口的语言</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>As it was at another time (Ctrl+T)</source>
        <translation>查看另一时刻的状态 (Ctrl+T)</translation>
    </message>
    <message>
        <source>Time travel</source>
        <translation>回看</translation>
    </message>
    <message>
        <source>Shows or hides the bar that takes the dashboard back in time</source>
        <translation>显示或隐藏用于回看过去的时间栏</translation>
    </message>
</context>
<context>
    <name>prism::ui::MainWindow</name>
    <message>
        <source>%1 (%2) – PRISM Gateway</source>
        <comment>server, state of the connection</comment>
        <translation>%1（%2）– PRISM Gateway</translation>
    </message>
</context>
<context>
    <name>prism::ui::Panel</name>
    <message>
        <source>%1 old</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>正在等待服务器…</translation>
    </message>
</context>
<context>
    <name>prism::ui::PercentileChart</name>
    <message>
        <source>Check times</source>
        <translation>检查耗时</translation>
    </message>
    <message>
        <source>Average %1, half of the checks within %2, 95% within %3, 99% within %4.</source>
        <translation>平均 %1，一半的检查在 %2内完成，95% 在 %3内，99% 在 %4内。</translation>
    </message>
    <message>
        <source>avg</source>
        <comment>average, below its bar</comment>
        <translation>平均</translation>
    </message>
    <message>
        <source>No check times yet.</source>
        <translation>还没有检查耗时。</translation>
    </message>
    <message>
        <source>average</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>half of the checks are faster</source>
        <translation>一半的检查更快</translation>
    </message>
    <message>
        <source>95% of the checks are faster</source>
        <translation>95% 的检查更快</translation>
    </message>
    <message>
        <source>99% of the checks are faster</source>
        <translation>99% 的检查更快</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>prism::ui::PeriodSelector</name>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Since midnight</source>
        <translation>自零点起</translation>
    </message>
    <message>
        <source>Today and the 6 days before</source>
        <translation>今天及之前 6 天</translation>
    </message>
    <message>
        <source>Today and the 29 days before</source>
        <translation>今天及之前 29 天</translation>
    </message>
    <message>
        <source>Today and the 364 days before</source>
        <translation>今天及之前 364 天</translation>
    </message>
    <message>
        <source>Everything there is</source>
        <translation>所有数据</translation>
    </message>
    <message>
        <source>Period: %1</source>
        <translation>时段：%1</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Ctrl+%2)</translation>
    </message>
</context>
<context>
    <name>prism::ui::QualityPanel</name>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Violation rate</source>
        <translation>违规率</translation>
    </message>
    <message>
        <source>False positives</source>
        <translation>误报率</translation>
    </message>
    <message>
        <source>Top violated principles</source>
        <translation>违反最多的原则</translation>
    </message>
    <message>
        <source>None violated in this period.</source>
        <translation>本时段没有违规。</translation>
    </message>
</context>
<context>
    <name>prism::ui::StatCard</name>
    <message>
        <source>Total checks</source>
        <translation>检查总数</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Active users</source>
        <translation>活跃用户</translation>
    </message>
    <message>
        <source>Average check time</source>
        <translation>平均检查耗时</translation>
    </message>
    <message>
        <source>all there is, nothing to compare with</source>
        <translation>全部数据，没有可比较的时段</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>better</source>
        <translation>变好</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>变差</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>之前 %1</translation>
    </message>
    <message>
        <source>nothing to compare with yet</source>
        <translation>还没有可比较的数据</translation>
    </message>
</context>
<context>
    <name>prism::ui::StatusLine</name>
    <message>
        <source>The server cannot be reached right now. What is shown stays.</source>
        <translation>目前无法连接服务器，已显示的内容会保留。</translation>
    </message>
    <message>
        <source>The server does not allow this dashboard to read.</source>
        <translation>服务器不允许本仪表板读取数据。</translation>
    </message>
    <message>
        <source>The server&apos;s answer could not be understood. Is this a PRISM server?</source>
        <translation>无法理解服务器的响应。这是 PRISM 服务器吗？</translation>
    </message>
    <message>
        <source>The server answered with an error (%1): %2</source>
        <translation>服务器返回错误（%1）：%2</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>complete since %1</source>
        <translation>自 %1 起数据完整</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <translation>%1–%2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln event(s) caught up</source>
        <translation>
            <numerusform>%1：补回 %Ln 个事件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: everything was loaded anew</source>
        <translation>%1：已重新加载全部内容</translation>
    </message>
    <message>
        <source>No event is missing since then.</source>
        <translation>此后没有遗漏任何事件。</translation>
    </message>
    <message>
        <source>Interruptions:</source>
        <translation>中断记录：</translation>
    </message>
    <message>
        <source>Completeness</source>
        <translation>完整性</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
</context>
<context>
    <name>prism::ui::TimeTravelBar</name>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <comment>a moment, as QLocale::toString reads it</comment>
        <translation>yyyy年M月d日 HH:mm</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>截至 %1</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Shows the dashboard as it was, up to thirty days ago; %1</source>
        <translation>显示过去三十天内任一时刻的仪表板；%1</translation>
    </message>
    <message>
        <source>As it was: arrow keys go a quarter of an hour, Page keys a day</source>
        <translation>回看过去：方向键移动一刻钟，翻页键移动一天</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Shows the dashboard as it was at this moment</source>
        <translation>显示该时刻的仪表板</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Back to now (Esc)</source>
        <translation>回到现在 (Esc)</translation>
    </message>
    <message>
        <source>Back to what is happening now</source>
        <translation>回到正在发生的内容</translation>
    </message>
</context>
<context>
    <name>prism::ui::TrendChart</name>
    <message>
        <source>Violations over time</source>
        <translation>违规随时间的变化</translation>
    </message>
    <message>
        <source>HH:mm</source>
        <comment>an hour on the time axis, as QLocale::toString reads it</comment>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>MMM yyyy</source>
        <comment>a month on the time axis</comment>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a day on the time axis</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>Rising.</source>
        <translation>上升。</translation>
    </message>
    <message>
        <source>Falling.</source>
        <translation>下降。</translation>
    </message>
    <message>
        <source>Stable.</source>
        <translation>平稳。</translation>
    </message>
    <message>
        <source>Latest: %1.</source>
        <translation>最新：%1。</translation>
    </message>
    <message>
        <source>Stands out: from %1 to %2 (%3).</source>
        <translation>突变：从 %1 到 %2（%3）。</translation>
    </message>
    <message>
        <source>No trend yet.</source>
        <translation>还没有趋势。</translation>
    </message>
    <message>
        <source>Violations: %1 in all, at most %2 (%3).</source>
        <translation>违规共 %1 项，最多 %2 项（%3）。</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>没有数值</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>目前 %1</translation>
    </message>
    <message>
        <source>smoothed: %1</source>
        <translation>平滑值：%1</translation>
    </message>
    <message>
        <source>step from %1 to %2</source>
        <translation>从 %1 突变到 %2</translation>
    </message>
    <message>
        <source>nothing to expect from</source>
        <translation>无从预测</translation>
    </message>
    <message>
        <source>expected: %1</source>
        <translation>预计：%1</translation>
    </message>
    <message>
        <source>expected: %1 (%2 to %3)</source>
        <translation>预计：%1（%2 至 %3）</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>Violations</source>
        <translation>违规</translation>
    </message>
    <message>
        <source>Smoothed</source>
        <translation>平滑值</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>80%, from</source>
        <translation>80% 下限</translation>
    </message>
    <message>
        <source>80%, to</source>
        <translation>80% 上限</translation>
    </message>
    <message>
        <source>95%, from</source>
        <translation>95% 下限</translation>
    </message>
    <message>
        <source>95%, to</source>
        <translation>95% 上限</translation>
    </message>
    <message>
        <source>Next %1.</source>
        <comment>what is expected of the next bucket</comment>
        <translation>接下来%1。</translation>
    </message>
</context>
<context>
    <name>prism::ui::TrendPanel</name>
    <message>
        <source>violations per hour</source>
        <translation>每小时违规</translation>
    </message>
    <message>
        <source>violations per week</source>
        <translation>每周违规</translation>
    </message>
    <message>
        <source>violations per month</source>
        <translation>每月违规</translation>
    </message>
    <message>
        <source>violations per day</source>
        <translation>每天违规</translation>
    </message>
    <message>
        <source>Violations trend</source>
        <translation>违规趋势</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>上升</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>下降</translation>
    </message>
    <message>
        <source>stable</source>
        <translation>平稳</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>平滑值</translation>
    </message>
    <message>
        <source>still running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>step</source>
        <translation>突变</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>预计</translation>
    </message>
</context>
<context>
    <name>prism::ui::UsagePanel</name>
    <message>
        <source>Usage</source>
        <translation>使用情况</translation>
    </message>
    <message>
        <source>Retrospectives</source>
        <translation>复盘</translation>
    </message>
    <message>
        <source>Active sessions</source>
        <translation>活跃会话</translation>
    </message>
    <message>
        <source>Average duration</source>
        <translation>平均时长</translation>
    </message>
    <message>
        <source>Success rate</source>
        <translation>通过率</translation>
    </message>
    <message>
        <source>Users per day</source>
        <translation>日均用户</translation>
    </message>
</context>
</TS>
