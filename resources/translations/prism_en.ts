<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>prism::ui::ActivityPanel</name>
    <message numerus="yes">
        <source>%Ln event(s) shown together</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::ActivityTexts</name>
    <message numerus="yes">
        <source>%Ln violation(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::AlertsPanel</name>
    <message numerus="yes">
        <source>%Ln alert(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>prism::ui::StatusLine</name>
    <message numerus="yes">
        <source>%1: %Ln event(s) caught up</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
</TS>
