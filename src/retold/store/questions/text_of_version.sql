-- The text of a version, its blocks, and which of them its outlet's other pages show to be furniture.
SELECT versions.text, versions.blocks, features.aside
FROM versions
LEFT JOIN features ON features.version = versions.number
WHERE versions.number = :number
