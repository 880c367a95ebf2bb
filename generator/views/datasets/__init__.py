"""Results become tables that programs read: section 12 of the data contract.

``columns`` names every column once; ``rows`` fills them; ``files`` writes one agency's and one service's; ``whole`` writes
what stands for all agencies together.  Cells are text as CSV has it; JSON, XLSX and Parquet make typed values of them.
"""
