@_exported public import CallCore
@_exported public import CallXML
